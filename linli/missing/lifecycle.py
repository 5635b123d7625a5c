"""The life of a search, its spans of time, and the check list of the first hour. Plain data."""

from datetime import timedelta

from linli.kernel.moves import Move, Moves, from_states

WAITING = "waiting"
OPEN = "open"
FOUND = "found"
ENDED = "ended"
DECLINED = "declined"
STATES = (WAITING, OPEN, FOUND, ENDED, DECLINED)
# Something can still be done.
LIVING = frozenset({WAITING, OPEN, FOUND})

MOVES = Moves(
    {
        "report": Move(from_states(), WAITING),
        # A second person, never the one who wrote the report.
        "open": Move(from_states(WAITING), OPEN),
        "decline": Move(from_states(WAITING), DECLINED, needs_note=True, destructive=True),
        # Two persons once more: one asks, another grants.
        "ask_renewal": Move(from_states(OPEN), None),
        "renew": Move(from_states(OPEN), None),
        "find": Move(from_states(OPEN), FOUND),
        "consent": Move(from_states(FOUND), None),
        "tell_reporter": Move(from_states(FOUND), None),
        "close": Move(from_states(FOUND), ENDED, needs_note=True),
        "expire": Move(from_states(OPEN), ENDED),
        "stop": Move(from_states(OPEN), ENDED, needs_note=True, destructive=True),
    }
)

# A search ends by itself after so long.
LASTS = timedelta(hours=72)
# A clip or a stretch of street somebody has taken is free again after so long.
LEASE = timedelta(minutes=20)
STREET_LEASE = timedelta(hours=2)
# Positions and what was reported leave so long after the end.
KEPT = timedelta(days=30)
LONGEST_NOTE = 500
LARGEST_PHOTO = 3_000_000

# The check list of the first hour: the codes; their words are in choices.
FIRST_HOUR = (
    "house", "phone", "police", "places", "neighbours", "hospitals", "stations", "water", "transport",
    "compound", "stays",
)  # fmt: skip
