"""States of a case and the moves between them, as plain data.

A verb has one name everywhere: its row here, ``actions/<verb>.py``, ``may_<verb>``, the event
``case.<verb>``, the URL and the test. Nothing here knows Django.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
class Move:
    """A row of the table: from which states, to which (None: it stays), and what clocks do.

    ``destructive`` moves are asked about before they are made; ``needs_note`` ones want a reason.
    """

    come_from: frozenset[str]
    to: str | None
    clocks: Clocks = "keep"
    needs_note: bool = False
    destructive: bool = False


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_NOT_SUSPENDED = OPEN - {SUSPENDED}
_TIMED = OPEN | {RESOLVED}

MOVES: dict[str, Move] = {
    "register": Move(_from(), REGISTERED, "register"),
    # What was settled elsewhere comes in closed, under its own dates; nothing is timed.
    "import": Move(_from(), CLOSED),
    "classify": Move(OPEN, None),
    "assign": Move(_from(REGISTERED, ASSIGNED, RETURNED, HANDLING), ASSIGNED, "arrive"),
    "designate": Move(_from(RETURNED), ASSIGNED, "arrive", needs_note=True),
    "accept": Move(_from(ASSIGNED, RETURNED), HANDLING, "accept"),
    "return": Move(_from(ASSIGNED, HANDLING), RETURNED, "arrive", needs_note=True),
    "progress": Move(_from(HANDLING), None, needs_note=True),
    "suspend": Move(_from(HANDLING), SUSPENDED, "pause", needs_note=True),
    "resume": Move(_from(SUSPENDED), HANDLING, "resume"),
    "escalate": Move(_from(HANDLING, RETURNED), ASSIGNED, "arrive", needs_note=True),
    "refer": Move(_NOT_SUSPENDED, REFERRED, "stop", needs_note=True, destructive=True),
    # These follow a clock, and the follow-up's runs when the case is resolved.
    "remind": Move(_TIMED, None),
    "supervise": Move(_TIMED, None, needs_note=True),
    "alert": Move(_TIMED, None),
    "resolve": Move(_from(HANDLING), RESOLVED, "resolve", needs_note=True),
    "reopen": Move(_from(RESOLVED, CLOSED), HANDLING, "register", needs_note=True),
    "merge": Move(OPEN, MERGED, "stop", destructive=True),
    "withdraw": Move(OPEN, WITHDRAWN, "stop", needs_note=True, destructive=True),
    "decline": Move(
        _from(REGISTERED, ASSIGNED, RETURNED), DECLINED, "stop", needs_note=True, destructive=True
    ),
    "follow_up": Move(_from(RESOLVED), None),
    "close": Move(_from(RESOLVED), CLOSED, "stop"),
    "extend": Move(OPEN, None, needs_note=True),
    "grant": Move(OPEN, None),
    "deny": Move(OPEN, None, needs_note=True),
    "assist": Move(_from(HANDLING), None),
    "hand_over": Move(OPEN | {RESOLVED}, None),
}


def legal(verb: str, state: str) -> bool:
    """Say whether ``verb`` may be done in ``state``."""
    return state in MOVES[verb].come_from


def after(verb: str, state: str) -> str:
    """Return the state a case is in after ``verb``."""
    return MOVES[verb].to or state


def verbs_in(state: str) -> list[str]:
    """Return the verbs a case in ``state`` allows, in the table's order."""
    return [verb for verb in MOVES if legal(verb, state)]


def replay(verbs: Iterable[str]) -> str:
    """Return the state a history leads to; raises ValueError at the first illegal step."""
    state = ""
    for verb in verbs:
        begins = not MOVES[verb].come_from
        if (begins and state) or (not begins and not legal(verb, state)):
            raise ValueError(f"{verb} is not possible from {state or 'nothing'}")
        state = after(verb, state)
    return state
