"""States of a hazard, the moves between them, and which states of its case go with each. Plain data.

A hazard is found, said to be mended when its case is resolved, and closed only by somebody who went
and looked again. Nothing here knows Django.
"""

from collections.abc import Mapping

from linli.cases import lifecycle as of_case
from linli.kernel.moves import Move, Moves, from_states

OPEN = "open"
MENDED = "mended"
CLOSED = "closed"
DROPPED = "dropped"
STATES = (OPEN, MENDED, CLOSED, DROPPED)
# Somebody still has to go there.
PENDING = frozenset({OPEN, MENDED})

MOVES = Moves[Move](
    {
        "find": Move(from_states(), OPEN),
        # The case was resolved: somebody says it is mended.
        "report": Move(from_states(OPEN), MENDED),
        # Looked again: not mended, or mended.
        "leave": Move(from_states(OPEN, MENDED), OPEN, needs_note=True),
        "close": Move(from_states(OPEN, MENDED), CLOSED),
        # The case was taken up again.
        "renew": Move(from_states(MENDED, CLOSED), OPEN),
        # The case ended in another way: withdrawn, declined, referred.
        "drop": Move(from_states(OPEN, MENDED), DROPPED),
    }
)
legal, after = MOVES.legal, MOVES.after

# State of a hazard → states of its case that go with it.
CASE_STATES: Mapping[str, frozenset[str]] = {
    OPEN: of_case.OPEN,
    MENDED: frozenset({of_case.RESOLVED}),
    CLOSED: frozenset({of_case.RESOLVED, of_case.CLOSED}),
    DROPPED: of_case.ENDED_OTHERWISE,
}


def agrees(hazard: str, case: str) -> bool:
    """Say whether the two states may stand beside each other."""
    return case in CASE_STATES[hazard]
