"""What a city has set: targets of a place, the plan that holds there, kinds on offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.areas.codes import above
from linli.areas.models import Area
from linli.dispatch.models import IncidentKind, Plan, QuestionCard, Targets

# Codes of townships end in 001 to 099 for streets; the statistics office's kinds of place begin
# with 1 in towns and with 2 in villages.
_STREETS = range(1, 100)
_TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class Goal:
    """The targets of one incident, in seconds."""

    answer: int
    process: int
    accept: int
    arrive: int
    in_town: bool


def targets_of(code: str) -> Targets:
    """Return the targets that hold in an area: those of the deepest area above it that has any."""
    found = Targets.objects.filter(area__in=["", *above(code)]).order_by("-area").first()
    return found or Targets(area="")


def is_in_town(area: Area) -> bool:
    """Say whether an area counts as town: by its statistical kind, else by its township's code."""
    if area.urban_rural_kind:
        return area.urban_rural_kind.startswith("1")
    township = area.code[:_TOWNSHIP]
    return len(township) < _TOWNSHIP or int(township[6:]) in _STREETS


def goal_at(area: Area) -> Goal:
    """Return what an incident at a place is measured by."""
    targets, in_town = targets_of(area.code), is_in_town(area)
    arrive = targets.arrive_in_town if in_town else targets.arrive_outside
    return Goal(targets.answer, targets.process, targets.accept, arrive, in_town)


def plan_for(kind: str, priority: int, area: str) -> Plan | None:
    """Return the plan of a kind for a priority at a place: the deepest area's, the most urgent one's."""
    return (
        Plan.objects.filter(
            kind=kind, retired=False, priority__gte=priority, area__in=["", *above(area)]
        )
        .order_by("-area", "priority")
        .prefetch_related("steps")
        .first()
    )


def kinds_on_offer() -> list[IncidentKind]:
    """Return the kinds of incident one may choose, in their order."""
    return list(IncidentKind.objects.filter(retired=False))


def questions_of(kind: str) -> list[QuestionCard]:
    """Return the questions asked about a kind."""
    return list(QuestionCard.objects.filter(kind=kind, retired=False).order_by("position", "id"))


def priority_by(usual: int, cards: Sequence[QuestionCard], answers: Mapping[str, str]) -> int:
    """Return the priority that answers ask for: the most urgent any of them names.

    ``answers`` is answer by card (ids as text). Where no answer names one, ``usual`` stands; an
    answer may also make it less urgent than usual.
    """
    named = [
        answer["priority"]
        for card in cards
        for answer in card.answers
        if answers.get(str(card.id)) == answer["code"] and answer["priority"]
    ]
    return min(named) if named else usual
