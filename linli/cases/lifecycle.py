"""States of a case and the moves between them, as plain data.

A verb has one name everywhere: its row here, ``actions/<verb>.py``, ``may_<verb>``, the event
``case.<verb>``, the URL and the test. Nothing here knows Django.
"""

from dataclasses import dataclass
from typing import Literal

from linli.kernel import moves
from linli.kernel.moves import Moves, from_states

REGISTERED = "registered"
ASSIGNED = "assigned"
RETURNED = "returned"
HANDLING = "handling"
SUSPENDED = "suspended"
RESOLVED = "resolved"
CLOSED = "closed"
REFERRED = "referred"
MERGED = "merged"
WITHDRAWN = "withdrawn"
DECLINED = "declined"

STATES = (
    REGISTERED,
    ASSIGNED,
    RETURNED,
    HANDLING,
    SUSPENDED,
    RESOLVED,
    CLOSED,
    REFERRED,
    MERGED,
    WITHDRAWN,
    DECLINED,
)
# Somebody has to do something about it.
OPEN = frozenset({REGISTERED, ASSIGNED, RETURNED, HANDLING, SUSPENDED})
# It ended here without a resolution of ours.
ENDED_OTHERWISE = frozenset({REFERRED, MERGED, WITHDRAWN, DECLINED})

# After this many returns the centre designates who handles the case.
RETURNS_BEFORE_DESIGNATION = 3

type Clocks = Literal["keep", "register", "arrive", "accept", "pause", "resume", "resolve", "stop"]


@dataclass(frozen=True, slots=True)
class Move(moves.Move):
    """A row of the table, and what the move does to the clocks."""

    clocks: Clocks = "keep"


_NOT_SUSPENDED = OPEN - {SUSPENDED}
_TIMED = OPEN | {RESOLVED}

MOVES = Moves[Move](
    {
        "register": Move(from_states(), REGISTERED, "register"),
        # What was settled elsewhere comes in closed, under its own dates; nothing is timed.
        "import": Move(from_states(), CLOSED),
        "classify": Move(OPEN, None),
        "assign": Move(from_states(REGISTERED, ASSIGNED, RETURNED, HANDLING), ASSIGNED, "arrive"),
        "designate": Move(from_states(RETURNED), ASSIGNED, "arrive", needs_note=True),
        "accept": Move(from_states(ASSIGNED, RETURNED), HANDLING, "accept"),
        "return": Move(from_states(ASSIGNED, HANDLING), RETURNED, "arrive", needs_note=True),
        "progress": Move(from_states(HANDLING), None, needs_note=True),
        "suspend": Move(from_states(HANDLING), SUSPENDED, "pause", needs_note=True),
        "resume": Move(from_states(SUSPENDED), HANDLING, "resume"),
        "escalate": Move(from_states(HANDLING, RETURNED), ASSIGNED, "arrive", needs_note=True),
        "refer": Move(_NOT_SUSPENDED, REFERRED, "stop", needs_note=True, destructive=True),
        # These follow a clock, and the follow-up's runs when the case is resolved.
        "remind": Move(_TIMED, None),
        "supervise": Move(_TIMED, None, needs_note=True),
        "alert": Move(_TIMED, None),
        "resolve": Move(from_states(HANDLING), RESOLVED, "resolve", needs_note=True),
        "reopen": Move(from_states(RESOLVED, CLOSED), HANDLING, "register", needs_note=True),
        "merge": Move(OPEN, MERGED, "stop", destructive=True),
        "withdraw": Move(OPEN, WITHDRAWN, "stop", needs_note=True, destructive=True),
        "decline": Move(
            from_states(REGISTERED, ASSIGNED, RETURNED),
            DECLINED,
            "stop",
            needs_note=True,
            destructive=True,
        ),
        "follow_up": Move(from_states(RESOLVED), None),
        "close": Move(from_states(RESOLVED), CLOSED, "stop"),
        "extend": Move(OPEN, None, needs_note=True),
        "grant": Move(OPEN, None),
        "deny": Move(OPEN, None, needs_note=True),
        "assist": Move(from_states(HANDLING), None),
        "hand_over": Move(OPEN | {RESOLVED}, None),
    }
)
legal, after, verbs_in, replay = MOVES.legal, MOVES.after, MOVES.verbs_in, MOVES.replay
