"""The mediations behind a figure of the form: the same definition, within what the actor sees."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.kernel.periods import Period
from linli.mediation.choices import State
from linli.mediation.models import Facet, Fact, Mediation
from linli.mediation.policy import visible_to

PAGE = 50
# Facet → the column that holds its value.
COLUMNS = {
    Facet.TYPE: "type",
    Facet.SOURCE: "source",
    Facet.COMMITTEE: "committee_kind",
    Facet.FORM: "form",
    Facet.AVERTED: "averted",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """One figure of the form: a value of a facet (``facet`` "" : all), of resolved or hard ones.

    ``committee`` and ``user`` narrow it to one committee, or to what one person mediated there.
    """

    area: str
    period: Period
    facet: str = ""
    value: str = ""
    resolved: bool = False
    hard: bool = False
    ended: bool = False
    committee: UUID | None = None
    user: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One mediation of the list."""

    id: UUID
    day: date
    title: str
    number: str
    state: str
    committee: str
    amount: Decimal

    @property
    def state_label(self) -> str:
        """The state's word on the page."""
        return str(State(self.state).label)

    @property
    def worth(self) -> str:
        """What the agreement is worth, in yuan; a dash where it names no sum."""
        return f"{self.amount:,.2f}" if self.amount else "—"


def facts_of(selection: Selection) -> QuerySet[Fact]:
    """Return what is counted in a figure."""
    period = selection.period
    found = Fact.objects.filter(
        in_area(selection.area, "area"), day__gte=period.since, day__lt=period.until
    )
    named: dict[str, Any] = {}
    if selection.facet:
        named[COLUMNS[Facet(selection.facet)]] = selection.value
    # Only agreements in effect have a form; without this "" would find everything else.
    if selection.resolved or selection.facet == Facet.FORM:
        named["resolved"] = True
    for name in ("hard", "ended"):
        if getattr(selection, name):
            named[name] = True
    if selection.committee:
        named["committee"] = selection.committee
    if selection.user:
        named |= {"mediation__seats__user": selection.user, "mediation__seats__chief": True,
                  "mediation__seats__until": None}  # fmt: skip
    return found.filter(**named)


def counted(
    actor: Actor, selection: Selection, *, after: str = "", size: int = PAGE
) -> tuple[list[Row], str]:
    """Return the mediations of a figure, the newest first, and the cursor of the next page.

    Found from the facts alone, and only then read: joined at once, all of a city's cases would be.
    """
    found = facts_of(selection)
    # Who reaches the area sees every case of it, and the facts lie in the area of their case.
    if not actor.is_system and not actor.reaches(selection.area):
        found = found.filter(visible_to(actor, "mediation__"))
    if (place := day_and_key(after)) is not None:
        day, key = place
        found = found.filter(Q(day__lt=day) | Q(day=day, mediation__lt=key))
    newest = found.order_by("-day", "-mediation").values_list("mediation", "day", "amount")
    facts = list(newest[: size + 1])
    told = _told([key for key, _day, _amount in facts[:size]])
    rows = [Row(key, day, *told[key], amount) for key, day, amount in facts[:size] if key in told]
    if len(facts) <= size:
        return rows, ""
    key, day, _amount = facts[size - 1]
    return rows, f"{day.isoformat()}_{key}"


def _told(keys: list[UUID]) -> dict[UUID, tuple[str, str, str, str]]:
    """Return title, number, state and committee of mediations."""
    found = Mediation.objects.filter(pk__in=keys).values_list(
        "id", "case__title", "case__number", "state", "committee__name"
    )
    return {key: (title, number, state, name) for key, title, number, state, name in found}


def day_and_key(cursor: str) -> tuple[date, UUID] | None:
    """Read the cursor of a list by day, None where it is none."""
    day, _, key = cursor.partition("_")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None
