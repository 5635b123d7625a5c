"""Where a mediation stands on its path, what can be done next, and what happened."""

from dataclasses import dataclass

from django.db.models import QuerySet

from linli.accounts.actor import Actor
from linli.cases.actions.parties import opened
from linli.cases.models import Case, Party
from linli.kernel.crypto import mask
from linli.mediation import lifecycle
from linli.mediation.models import Event, Mediation, Participant
from linli.mediation.policy import RULES

# The stages a person sees, with the states in which each is the current one.
STAGES: tuple[tuple[str, frozenset[str]], ...] = (
    ("acceptance", lifecycle.WAITING | {lifecycle.NOT_ACCEPTED}),
    (
        "mediation",
        frozenset({lifecycle.ACCEPTED, lifecycle.MEDIATING, lifecycle.FAILED, lifecycle.ENDED}),
    ),
    ("agreement", frozenset({lifecycle.AGREED})),
    ("performance", frozenset({lifecycle.PERFORMING, lifecycle.BREACHED})),
    ("follow_up", frozenset({lifecycle.PERFORMED})),
    ("archive", frozenset({lifecycle.FOLLOWED_UP, lifecycle.ARCHIVED})),
)
# Who decides for a side.
SPEAKING = ("party", "representative")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: ``done``, ``now`` or ``ahead``."""

    name: str
    standing: str


def stages(mediation: Mediation) -> list[Stage]:
    """Return the stages in order, with where the mediation stands."""
    current = next(i for i, (_, states) in enumerate(STAGES) if mediation.state in states)
    over = mediation.state == lifecycle.ARCHIVED
    return [
        Stage(name, "done" if i < current or over else "now" if i == current else "ahead")
        for i, (name, _states) in enumerate(STAGES)
    ]


def offered(actor: Actor, mediation: Mediation) -> list[str]:
    """Return the verbs the state allows and the actor may do, in the table's order."""
    return [
        verb
        for verb, (rule, _reason) in RULES.items()
        if lifecycle.legal(verb, mediation.state) and rule(actor, mediation)
    ]


def newest_of(case: Case) -> Mediation | None:
    """Return the newest mediation of a case, or None."""
    found = Mediation.objects.filter(case=case).select_related("committee")
    return found.order_by("-id").first()


def parties(mediation: Mediation) -> list[Participant]:
    """Return who takes part now, in the order of their sides."""
    there = [one for one in mediation.participants.all() if one.left_on is None]
    order = {"applicant": 0, "respondent": 1, "third": 2}
    return sorted(there, key=lambda one: (order.get(one.side, 3), one.id))


def masked_name(party: Party) -> str:
    """Return a party's name as pages show it: its first character."""
    return mask(opened(party).get("name", ""), 1)


def willing(there: list[Participant]) -> bool:
    """Say whether both sides have agreed to be mediated; a group agrees by its representative."""
    agreed = {one.side for one in there if one.part in SPEAKING and one.consented_on}
    return {"applicant", "respondent"} <= agreed


def timeline(mediation: Mediation) -> QuerySet[Event]:
    """Return what happened, the latest first."""
    found = Event.objects.filter(mediation=mediation).select_related("actor", "note")
    return found.order_by("-id")
