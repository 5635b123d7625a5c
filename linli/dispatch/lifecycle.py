"""The life of an incident and of a unit's assignment to it, as plain data.

An incident is a case with what dispatch adds: its states follow the case's. A verb has one name
everywhere: its row here, ``actions/<verb>.py``, the event ``incident.<verb>``, the URL and the test.
Nothing here knows Django.
"""

from linli.cases import lifecycle as of_case
from linli.kernel.moves import Move, Moves, from_states

# The incident.
OPEN = "open"
CLOSED = "closed"
MERGED = "merged"
ENDED = "ended"
STATES = (OPEN, CLOSED, MERGED, ENDED)

MOVES = Moves[Move](
    {
        # A dispatcher answered: an alarm, a call, a report from the street.
        "open": Move(from_states(), OPEN),
        "answer_cards": Move(from_states(OPEN), None),
        "set_priority": Move(from_states(OPEN), None, needs_note=True),
        "add_report": Move(from_states(OPEN), None, needs_note=True),
        "assign": Move(from_states(OPEN), None),
        "need_none": Move(from_states(OPEN), None, needs_note=True),
        "tick": Move(from_states(OPEN), None),
        "remark": Move(from_states(*STATES), None, needs_note=True),
        "report": Move(from_states(OPEN, CLOSED), None),
        "hand_over": Move(from_states(OPEN), None),
        "merge": Move(from_states(OPEN), MERGED, destructive=True),
        "close": Move(from_states(OPEN), CLOSED, needs_note=True),
        "review": Move(from_states(CLOSED), None, needs_note=True),
        # The case went another way, or was taken up again.
        "end": Move(from_states(OPEN), ENDED),
        "reopen": Move(from_states(CLOSED), OPEN),
    }
)

# State of the incident → states its case may be in meanwhile.
CASE_STATES = {
    OPEN: of_case.OPEN,
    CLOSED: frozenset({of_case.RESOLVED, of_case.CLOSED}),
    MERGED: frozenset({of_case.MERGED}),
    ENDED: frozenset(of_case.ENDED_OTHERWISE),
}


def agrees(incident: str, case: str) -> bool:
    """Say whether an incident in one state may have its case in another."""
    return case in CASE_STATES[incident]


# A unit's assignment.
ASSIGNED = "assigned"
ACCEPTED = "accepted"
EN_ROUTE = "en_route"
ARRIVED = "arrived"
DONE = "done"
DECLINED = "declined"
RECALLED = "recalled"
UNDER_WAY = (ASSIGNED, ACCEPTED, EN_ROUTE, ARRIVED)
OVER = (DONE, DECLINED, RECALLED)

ANSWERS = Moves[Move](
    {
        "assign": Move(from_states(), ASSIGNED),
        "accept": Move(from_states(ASSIGNED), ACCEPTED),
        # Whoever is already on the way has accepted: one press is enough.
        "set_out": Move(from_states(ASSIGNED, ACCEPTED), EN_ROUTE),
        "arrive": Move(from_states(ASSIGNED, ACCEPTED, EN_ROUTE), ARRIVED),
        # Who is asked by telephone, or turned back on the way, is done without having been there.
        "finish": Move(from_states(ACCEPTED, EN_ROUTE, ARRIVED), DONE),
        "ask_help": Move(from_states(ACCEPTED, EN_ROUTE, ARRIVED), None),
        "decline": Move(from_states(ASSIGNED, ACCEPTED), DECLINED, needs_note=True),
        "recall": Move(from_states(*UNDER_WAY), RECALLED, needs_note=True, destructive=True),
    }
)

# A unit: whether it can be sent, and what it is doing.
OFF_DUTY = "off_duty"
AVAILABLE = "available"
OUT_OF_SERVICE = "out_of_service"
AT_SCENE = "at_scene"
# State of an exclusive assignment → what its unit is doing.
DOING = {ASSIGNED: ASSIGNED, ACCEPTED: ASSIGNED, EN_ROUTE: EN_ROUTE, ARRIVED: AT_SCENE}
STATUSES = (OFF_DUTY, AVAILABLE, OUT_OF_SERVICE, ASSIGNED, EN_ROUTE, AT_SCENE)
BUSY = frozenset(DOING.values())
