"""The path of a mediation and of its judicial confirmation, as plain data.

The path is the one of the People's Mediation Act. A verb has one name everywhere: its row here,
``actions/<verb>.py``, ``may_<verb>``, the event ``mediation.<verb>``, the URL and the test. Nothing
here knows Django.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from linli.cases import lifecycle as of_case

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
class Move:
    """A row of the table: from which states, to which (None: it stays).

    ``law`` is the article or rule a refusal names; ``needs_note`` moves want a reason,
    ``destructive`` ones are asked about before they are made.
    """

    come_from: frozenset[str]
    to: str | None
    law: str = ""
    needs_note: bool = False
    destructive: bool = False


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


# Article numbers are those of the People's Mediation Act.
MOVES: dict[str, Move] = {
    # The parties ask (art. 17), the committee offers (17), another body sends it with consent (18).
    "apply": Move(_from(), APPLIED),
    "offer": Move(_from(), OFFERED),
    "receive": Move(_from(), RECEIVED),
    # Who mediates: named by the committee or chosen by the parties (19); refused by a party (23).
    "seat": Move(WAITING | UNDER_WAY, None, "19"),
    "object": Move(WAITING | UNDER_WAY, None, "23", needs_note=True),
    "accept": Move(WAITING, ACCEPTED, "17"),
    "refuse": Move(WAITING, NOT_ACCEPTED, "17", needs_note=True, destructive=True),
    "extend": Move(_from(ACCEPTED, MEDIATING), None),
    # Sessions (20–22); what may turn violent is reported at once (25).
    "plan": Move(_from(ACCEPTED, MEDIATING), None, "22"),
    "hold": Move(_from(ACCEPTED, MEDIATING), MEDIATING, "22"),
    "alarm": Move(WAITING | UNDER_WAY | IN_EFFECT, None, "25", needs_note=True),
    # The agreement: written (28, 29) or oral (28, 30).
    "agree": Move(_from(MEDIATING), AGREED, "28"),
    "redraft": Move(_from(AGREED), MEDIATING, "29", needs_note=True),
    "sign": Move(_from(AGREED, *IN_EFFECT), None, "29"),
    "take_effect": Move(_from(AGREED), PERFORMING, "29"),
    "fail": Move(UNDER_WAY, FAILED, "26", needs_note=True, destructive=True),
    "end": Move(WAITING | UNDER_WAY, ENDED, "23", needs_note=True, destructive=True),
    # Performance (31), amendment, breach and its next step.
    "amend": Move(_from(PERFORMING, BREACHED), None, "28"),
    "pay": Move(_from(PERFORMING, BREACHED), None, "31"),
    "perform": Move(_from(PERFORMING, BREACHED), PERFORMED, "31"),
    "breach": Move(_from(PERFORMING), BREACHED, "31", needs_note=True),
    "mend": Move(_from(BREACHED), PERFORMING, "31", needs_note=True),
    "confirm": Move(IN_EFFECT, None, "33"),
    # After the court's refusal or a reopened case: back to the table (32, 33).
    "remediate": Move(IN_EFFECT | {FOLLOWED_UP}, MEDIATING, "32", needs_note=True),
    "follow_up": Move(IN_EFFECT, None, "31"),
    "conclude": Move(_from(PERFORMED, BREACHED), FOLLOWED_UP, "31"),
    "archive": Move(WITHOUT_AGREEMENT | {FOLLOWED_UP}, ARCHIVED, "27"),
}

# What the case may be while the mediation is in a state: they never disagree.
CASE_STATES: dict[str, frozenset[str]] = {
    **dict.fromkeys(WAITING, of_case.OPEN),
    **dict.fromkeys(UNDER_WAY, _from(of_case.HANDLING, of_case.SUSPENDED)),
    **dict.fromkeys(IN_EFFECT, _from(of_case.RESOLVED)),
    FOLLOWED_UP: _from(of_case.RESOLVED, of_case.CLOSED),
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
CONFIRMATION_MOVES: dict[str, Move] = {
    "ask": Move(_from(), ASKED, "33"),
    "take": Move(_from(ASKED), TAKEN),
    "not_take": Move(_from(ASKED), NOT_TAKEN, needs_note=True),
    "confirm": Move(_from(TAKEN), CONFIRMED),
    "dismiss": Move(_from(TAKEN), DISMISSED, needs_note=True),
    "withdraw": Move(_from(ASKED, TAKEN), WITHDRAWN),
}


def legal(verb: str, state: str) -> bool:
    """Say whether ``verb`` may be done in ``state``."""
    return state in MOVES[verb].come_from


def after(verb: str, state: str) -> str:
    """Return the state a mediation is in after ``verb``."""
    return MOVES[verb].to or state


def agrees(state: str, case_state: str) -> bool:
    """Say whether a mediation and its case can be in these states at once."""
    return case_state in CASE_STATES[state]


def replay(verbs: Iterable[str]) -> str:
    """Return the state a history leads to; raises ValueError at the first illegal step."""
    state = ""
    for verb in verbs:
        begins = not MOVES[verb].come_from
        if (begins and state) or (not begins and not legal(verb, state)):
            raise ValueError(f"{verb} is not possible from {state or 'nothing'}")
        state = after(verb, state)
    return state
