"""The official statistics form of an area and a period: pages, API and ``linli statistics`` ask here.

A mediation belongs to the day it was opened. ``resolved`` are those whose agreement took effect.
A city's own subtypes count under their parent type, so that the form has the official types only.
Every function answers within the scope of the session; asked for anything else it finds nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q

from linli.accounts.scope import in_area
from linli.cases.choices import Kind
from linli.cases.queries.categories import categories
from linli.kernel.periods import Period, right_before, split, whole
from linli.kernel.working_days import local_date
from linli.mediation.choices import Averted, CommitteeKind, Form, Source
from linli.mediation.models import Facet, Mediator
from linli.mediation.rollup import LONGEST


@dataclass(slots=True)
class Tally:
    """Counts of mediations; ``amount`` (yuan) is of the resolved ones, parties are persons."""

    mediations: int = 0
    resolved: int = 0
    hard: int = 0
    amount: Decimal = Decimal("0.00")
    parties: int = 0
    averted_persons: int = 0

    @property
    def rate(self) -> float | None:
        """The share that was resolved in percent, with one decimal; None where nothing was opened."""
        return round(100 * self.resolved / self.mediations, 1) if self.mediations else None


@dataclass(frozen=True, slots=True)
class Prevented:
    """Sums of prevention work."""

    inspections: int = 0
    found: int = 0
    prevented: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of the form.

    ``facets`` maps each :class:`Facet` to its values, every value of the form in it. Those of type,
    source and committee each add up to ``all``. The forms of agreement, with "" for those not
    written down, add up to its resolved ones.
    """

    all: Tally
    facets: Mapping[str, Mapping[str, Tally]]
    prevention: Prevented = field(default_factory=Prevented)

    def counts(self, facet: str) -> dict[str, int]:
        """Return how many mediations each value of a facet has."""
        return {value: tally.mediations for value, tally in self.facets[facet].items()}


@dataclass(frozen=True, slots=True)
class Statistics:
    """The form: its figures, those of the period right before, and the mediators of the area.

    ``earlier`` and ``before`` are None where the period has no beginning or no end.
    """

    now: Figures
    earlier: Period | None
    before: Figures | None
    full_time: int
    part_time: int


def statistics(area: str, period: Period, at: datetime) -> Statistics:
    """Return the form for the mediations opened in a period.

    Mediators are those of the last day of the period, and never later than ``at``.
    """
    earlier = right_before(period)
    today = local_date(at)
    full_time, part_time = _mediators(area, min(period.last or today, today))
    return Statistics(
        figures(area, period, at),
        earlier,
        figures(area, earlier, at) if earlier else None,
        full_time,
        part_time,
    )


def figures(area: str, period: Period, at: datetime) -> Figures:
    """Return the counts of an area and everything below it."""
    facets: dict[str, dict[str, Tally]] = {
        Facet.TYPE: {code: Tally() for code in official_types()},
        Facet.SOURCE: {value: Tally() for value in Source.values},
        Facet.COMMITTEE: {value: Tally() for value in CommitteeKind.values},
        Facet.FORM: {value: Tally() for value in Form.values},
        Facet.AVERTED: {value: Tally() for value in Averted.values},
    }
    for facet, value, tally in _cells(area, period, at):
        facets[facet][value] = tally
    return Figures(_sum(facets[Facet.SOURCE].values()), facets, _prevented(area, period))


def official_types() -> list[str]:
    """Return the codes of the official types of disputes, in the order of the form."""
    return [
        one.code
        for one in categories()
        if one.kind == Kind.DISPUTE and one.parent is None and not one.retired
    ]


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total.mediations += one.mediations
        total.resolved += one.resolved
        total.hard += one.hard
        total.amount += one.amount
        total.parties += one.parties
        total.averted_persons += one.averted_persons
    return total


def _cells(area: str, period: Period, at: datetime) -> list[tuple[str, str, Tally]]:
    pieces = split(period, local_date(at)) if len(area) <= LONGEST else whole(period)
    edges = pieces.edges
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM mediation_cells(%s, %s, %s, %s::date[], %s::date[], %s::int[])",
            [
                area, pieces.since, pieces.until, [edge.since for edge in edges],
                [edge.until for edge in edges], [edge.sign for edge in edges],
            ],
        )  # fmt: skip
        return [(facet, value, Tally(*counts)) for facet, value, *counts in cursor.fetchall()]


def _prevented(area: str, period: Period) -> Prevented:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM mediation_prevented(%s, %s, %s)", [area, period.since, period.until]
        )
        return Prevented(*cursor.fetchone())


def _mediators(area: str, day: date) -> tuple[int, int]:
    there = Mediator.objects.filter(
        Q(until=None) | Q(until__gte=day),
        in_area(area, "committee__unit__area_id"),
        since__lte=day,
    )
    counted = there.aggregate(
        full=Count("user", filter=Q(full_time=True)), part=Count("user", filter=Q(full_time=False))
    )
    return counted["full"], counted["part"]
