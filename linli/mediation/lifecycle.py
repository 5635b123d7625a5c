"""The path of a mediation and of its judicial confirmation, as plain data.

The path is the one of the People's Mediation Act. A verb has one name everywhere: its row here,
``actions/<verb>.py``, ``may_<verb>``, the event ``mediation.<verb>``, the URL and the test. Nothing
here knows Django.
"""

from dataclasses import dataclass

from linli.cases import lifecycle as of_case
from linli.kernel import moves
from linli.kernel.moves import Moves, from_states

APPLIED = "applied"
OFFERED = "offered"
RECEIVED = "received"
NOT_ACCEPTED = "not_accepted"
ACCEPTED = "accepted"
MEDIATING = "mediating"
AGREED = "agreed"
FAILED = "failed"
ENDED = "ended"
PERFORMING = "performing"
PERFORMED = "performed"
BREACHED = "breached"
FOLLOWED_UP = "followed_up"
ARCHIVED = "archived"

STATES = (
    APPLIED,
    OFFERED,
    RECEIVED,
    NOT_ACCEPTED,
    ACCEPTED,
    MEDIATING,
    AGREED,
    FAILED,
    ENDED,
    PERFORMING,
    PERFORMED,
    BREACHED,
    FOLLOWED_UP,
    ARCHIVED,
)
# Asked for, offered or sent by another body, and not yet accepted.
WAITING = frozenset({APPLIED, OFFERED, RECEIVED})
# Accepted, without an agreement in effect.
UNDER_WAY = frozenset({ACCEPTED, MEDIATING, AGREED})
# An agreement is in effect.
IN_EFFECT = frozenset({PERFORMING, PERFORMED, BREACHED})
# The way to mediation is over and led to nothing here.
WITHOUT_AGREEMENT = frozenset({NOT_ACCEPTED, FAILED, ENDED})
# Somebody still has something to do about it, besides putting the file away.
OPEN = WAITING | UNDER_WAY | IN_EFFECT
# The agreement took effect: what the official form counts as a success.
SUCCEEDED = IN_EFFECT | {FOLLOWED_UP}


@dataclass(frozen=True, slots=True)
class Move(moves.Move):
    """A row of the table; ``law`` is the article or rule a refusal names."""

    law: str = ""


# Article numbers are those of the People's Mediation Act.
MOVES = Moves[Move](
    {
        # The parties ask (art. 17), the committee offers (17), another body sends it with consent (18).
        "apply": Move(from_states(), APPLIED),
        "offer": Move(from_states(), OFFERED),
        "receive": Move(from_states(), RECEIVED),
        # Who mediates: named by the committee or chosen by the parties (19); refused by a party (23).
        "seat": Move(WAITING | UNDER_WAY, None, "19"),
        "object": Move(WAITING | UNDER_WAY, None, "23", needs_note=True),
        # Asked for an interest of their own, a mediator answers; the answer is kept.
        "declare": Move(WAITING | UNDER_WAY, None),
        "accept": Move(WAITING, ACCEPTED, "17"),
        "refuse": Move(WAITING, NOT_ACCEPTED, "17", needs_note=True, destructive=True),
        "extend": Move(from_states(ACCEPTED, MEDIATING), None),
        # Sessions (20–22); what may turn violent is reported at once (25).
        "plan": Move(from_states(ACCEPTED, MEDIATING), None, "22"),
        "hold": Move(from_states(ACCEPTED, MEDIATING), MEDIATING, "22"),
        "alarm": Move(WAITING | UNDER_WAY | IN_EFFECT, None, "25", needs_note=True),
        # The agreement: written (28, 29) or oral (28, 30).
        # Written once more as long as nobody has signed.
        "agree": Move(from_states(MEDIATING, AGREED), AGREED, "28"),
        "redraft": Move(from_states(AGREED), MEDIATING, "29", needs_note=True),
        # An amendment is signed, and takes effect, while the text before it is being performed.
        "sign": Move(from_states(AGREED, PERFORMING, BREACHED), None, "29"),
        "take_effect": Move(from_states(AGREED, PERFORMING, BREACHED), PERFORMING, "29"),
        "fail": Move(UNDER_WAY, FAILED, "26", needs_note=True, destructive=True),
        "end": Move(WAITING | UNDER_WAY, ENDED, "23", needs_note=True, destructive=True),
        # Performance (31), amendment, breach and its next step.
        "amend": Move(from_states(PERFORMING, BREACHED), None, "28"),
        "pay": Move(from_states(PERFORMING, BREACHED), None, "31"),
        "remind": Move(from_states(PERFORMING, BREACHED), None, "31"),
        "reverse": Move(from_states(PERFORMING, PERFORMED), PERFORMING, "31", needs_note=True),
        "perform": Move(from_states(PERFORMING, BREACHED), PERFORMED, "31"),
        "breach": Move(from_states(PERFORMING), BREACHED, "31", needs_note=True),
        "mend": Move(from_states(BREACHED), PERFORMING, "31", needs_note=True),
        "confirm": Move(IN_EFFECT, None, "33"),
        # After the court's refusal or a reopened case: back to the table (32, 33).
        "remediate": Move(IN_EFFECT | {FOLLOWED_UP}, MEDIATING, "32", needs_note=True),
        "follow_up": Move(IN_EFFECT, None, "31"),
        "conclude": Move(from_states(PERFORMED, BREACHED), FOLLOWED_UP, "31"),
        # What became of a referral is told to the body that sent it (18).
        "answer": Move(
            UNDER_WAY | IN_EFFECT | WITHOUT_AGREEMENT | {FOLLOWED_UP}, None, "18", needs_note=True
        ),
        "archive": Move(WITHOUT_AGREEMENT | {FOLLOWED_UP}, ARCHIVED, "27"),
    }
)

legal, after, replay = MOVES.legal, MOVES.after, MOVES.replay

# What the case may be while the mediation is in a state: they never disagree.
CASE_STATES: dict[str, frozenset[str]] = {
    **dict.fromkeys(WAITING, of_case.OPEN),
    **dict.fromkeys(UNDER_WAY, from_states(of_case.HANDLING, of_case.SUSPENDED)),
    **dict.fromkeys(IN_EFFECT, from_states(of_case.RESOLVED)),
    FOLLOWED_UP: from_states(of_case.RESOLVED, of_case.CLOSED),
    **dict.fromkeys(WITHOUT_AGREEMENT, frozenset(of_case.STATES)),
    ARCHIVED: frozenset(of_case.STATES),
}


# Judicial confirmation (Act art. 33; Civil Procedure Law arts. 205–206).
ASKED = "asked"
TAKEN = "taken"
NOT_TAKEN = "not_taken"
CONFIRMED = "confirmed"
DISMISSED = "dismissed"
WITHDRAWN = "withdrawn"

CONFIRMATION_STATES = (ASKED, TAKEN, NOT_TAKEN, CONFIRMED, DISMISSED, WITHDRAWN)
CONFIRMATION_MOVES = Moves[Move](
    {
        "ask": Move(from_states(), ASKED, "33"),
        "take": Move(from_states(ASKED), TAKEN),
        "prolong": Move(from_states(TAKEN), None),
        "not_take": Move(from_states(ASKED), NOT_TAKEN, needs_note=True),
        "confirm": Move(from_states(TAKEN), CONFIRMED),
        "dismiss": Move(from_states(TAKEN), DISMISSED, needs_note=True),
        "withdraw": Move(from_states(ASKED, TAKEN), WITHDRAWN),
    }
)


def agrees(state: str, case_state: str) -> bool:
    """Say whether a mediation and its case can be in these states at once."""
    return case_state in CASE_STATES[state]
