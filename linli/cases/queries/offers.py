"""Which verbs a case page offers: what the state allows, the rules permit, and the facts make sense."""

from dataclasses import dataclass
from datetime import datetime

from linli.accounts.actor import Actor
from linli.areas.codes import Level, level_of
from linli.areas.queries import POSTS
from linli.cases import lifecycle
from linli.cases.deadlines import due_after, term
from linli.cases.models import Case, Event, Extension
from linli.cases.policy import RULES
from linli.kernel.working_days import local_date

# Only a clock does this.
BY_CLOCK = frozenset({"alert"})
ARRIVALS = ("assign", "designate", "escalate")

# The natural next step in a state, the first that is offered.
NEXT = {
    lifecycle.REGISTERED: ("assign",),
    lifecycle.ASSIGNED: ("accept", "remind"),
    lifecycle.RETURNED: ("designate", "assign", "accept"),
    lifecycle.HANDLING: ("grant", "resolve", "progress"),
    lifecycle.SUSPENDED: ("grant", "resume"),
    lifecycle.RESOLVED: ("close", "follow_up"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verbs ask of a case beside its state: an open request for time, when it arrived."""

    asked_for_time: bool
    arrived_at: datetime | None


def facts_of(case: Case) -> Facts:
    """Read the facts of one case."""
    arrival = Event.objects.filter(case=case, verb__in=ARRIVALS).order_by("-id").first()
    return Facts(
        asked_for_time=Extension.objects.filter(case=case, decided_at=None).exists(),
        arrived_at=arrival.at if arrival and arrival.unit_id == case.holder_id else None,
    )


def verbs_for(actor: Actor, case: Case, facts: Facts, now: datetime) -> list[str]:
    """Return the verbs ``actor`` can do to ``case`` now, in the order of the table of moves."""
    return [
        verb
        for verb in lifecycle.verbs_in(case.state)
        if verb in RULES
        and verb not in BY_CLOCK
        and makes_sense(verb, case, facts, now)
        and RULES[verb][0](actor, case)
    ]


def next_step(case: Case, offered: list[str]) -> str | None:
    """Return the verb the page's one primary button carries."""
    return next((verb for verb in NEXT.get(case.state, ()) if verb in offered), None)


def makes_sense(verb: str, case: Case, facts: Facts, now: datetime) -> bool:
    """Say whether the action would find what it needs; the same questions the actions ask."""
    to_designate = case.returns >= lifecycle.RETURNS_BEFORE_DESIGNATION
    answer = True
    match verb:
        case "assign":
            answer = not (case.state == lifecycle.RETURNED and to_designate)
        case "designate":
            answer = to_designate
        case "return":
            answer = not case.designated and _in_time_to_return(case, facts, now)
        case "escalate":
            at_the_top = level_of(case.holder.area_id) == Level.CITY
            answer = not at_the_top or case.holder.kind not in POSTS
        case "extend":
            answer = not facts.asked_for_time
        case "grant" | "deny":
            answer = facts.asked_for_time
        case "close":
            answer = case.followed_up_at is not None
    return answer


def _in_time_to_return(case: Case, facts: Facts, now: datetime) -> bool:
    if facts.arrived_at is None:
        return False
    length = term(case.area_id, local_date(now), "return", case.difficulty)
    return length is None or now <= due_after(facts.arrived_at, length)
