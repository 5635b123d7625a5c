"""The life of an alarm, and what a signal does to one that is open. Plain data.

An alarm latches: once it rings it stays in the queue until a person resets it with a reason. What a
device sends again meanwhile is counted on the same row; a test has a row of its own, so that a real
alarm never disappears in a test.
"""

from datetime import timedelta

from linli.kernel.moves import Move, Moves, from_states

RINGING = "ringing"
HANDED_ON = "handed_on"
ANSWERED = "answered"
RESET = "reset"
STATES = (RINGING, HANDED_ON, ANSWERED, RESET)
# Somebody must come.
WAITING = frozenset({RINGING, HANDED_ON})
OPEN = WAITING | {ANSWERED}

MOVES = Moves(
    {
        "raise": Move(from_states(), RINGING),
        # A signal of the same device and kind: counted.
        "repeat": Move(OPEN, None),
        # The device was silent and is heard again, after somebody had answered.
        "ring_again": Move(from_states(ANSWERED), RINGING),
        "answer": Move(WAITING, ANSWERED),
        "hand_on": Move(OPEN, HANDED_ON, needs_note=True),
        # Nobody answered: the next desk is rung.
        "climb": Move(WAITING, None),
        "make_case": Move(OPEN, ANSWERED),
        "reset": Move(from_states(ANSWERED), RESET, needs_note=True, destructive=True),
        "mark_false": Move(OPEN, RESET, needs_note=True, destructive=True),
    }
)

# An answered alarm rings again when its device was silent for so long and then is heard.
SILENCE = timedelta(seconds=60)


def signal_verb(state: str, silent: timedelta) -> str:
    """Return what a further signal does to an open alarm whose last one was ``silent`` ago."""
    if state not in OPEN:
        return "raise"
    return "ring_again" if state == ANSWERED and silent >= SILENCE else "repeat"
