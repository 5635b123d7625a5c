"""Reads of figures: the pages, the API and ``linli figures`` all ask here and nowhere else.

Every function answers within the scope of the session; asked for anything else it finds nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count

from linli.accounts.scope import in_area
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.models import Area, Unit, UnitKind
from linli.cases.choices import Kind, State
from linli.insight.models import COUNTED_LEVELS, Facet
from linli.kernel.periods import Period, Pieces, month_after, month_of, split, whole
from linli.kernel.working_days import local_date

RESOLVED = (State.RESOLVED, State.CLOSED)
ORDER_OF_LEVELS = (Level.GRID, Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.CITY)
_LONGEST = max(LENGTH_OF[level] for level in COUNTED_LEVELS)


@dataclass(slots=True)
class Counts:
    """Cases, how many of them are resolved, and how many of those by their deadline."""

    cases: int = 0
    resolved: int = 0
    on_time: int = 0

    @property
    def rate(self) -> float | None:
        """The share that is resolved, 0 to 1; None without cases."""
        return self.resolved / self.cases if self.cases else None

    @property
    def on_time_rate(self) -> float | None:
        """The share of the resolved that was on time, 0 to 1; None where none is resolved."""
        return self.on_time / self.resolved if self.resolved else None

    def add(self, other: "Counts") -> None:
        """Add another count to this one."""
        self.cases += other.cases
        self.resolved += other.resolved
        self.on_time += other.on_time


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of the database: the cases of an area that share a value of a facet."""

    area: str
    month: date | None
    kind: str
    facet: str
    value: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of one area and period, and the sums a reader asks for."""

    cells: Sequence[Cell] = ()

    def total(self, kind: str | None = None) -> Counts:
        """Return the counts over all cases, or those of a kind."""
        sum_ = Counts()
        for counts in self.by(Facet.STATE, kind).values():
            sum_.add(counts)
        return sum_

    def by(self, facet: str, kind: str | None = None) -> dict[str, Counts]:
        """Return the counts by the values of a facet."""
        found: dict[str, Counts] = {}
        for cell in self.cells:
            if cell.facet == facet and kind in (None, cell.kind):
                found.setdefault(cell.value, Counts()).add(cell.counts)
        return found

    def by_kind(self) -> dict[str, Counts]:
        """Return the counts by kind, every kind in it."""
        return {kind: self.total(kind) for kind in Kind.values}

    def by_level(self, kind: str | None = None) -> dict[str, int]:
        """Return how many cases each level resolved, lowest first, every level in it."""
        found = self.by(Facet.LEVEL, kind)
        return {level: found.get(level, Counts()).resolved for level in ORDER_OF_LEVELS}


@dataclass(slots=True)
class Now:
    """Open cases at this moment, and the light they show; overdue ones are red."""

    open: int = 0
    overdue: int = 0
    red: int = 0
    yellow: int = 0

    @property
    def blue(self) -> int:
        """How many are on time."""
        return self.open - self.red - self.yellow


def figures(
    area: str, period: Period, at: datetime, facets: Sequence[str] = tuple(Facet.values)
) -> Figures:
    """Return the figures of an area for the cases registered in ``period``."""
    pieces = _pieces(area, period, at)
    return Figures(_cells(area, [area], facets, pieces))


def by_month(area: str, at: datetime, months: int = 12) -> list[tuple[date, Counts]]:
    """Return the counts of the last ``months`` months, this one last, every month in it."""
    last = month_of(local_date(at))
    first = month_after(last, 1 - months)
    return _monthly(area, first, month_after(last), at)


def by_month_of(area: str, period: Period, at: datetime) -> list[tuple[date, Counts]]:
    """Return the counts by month of a period, whole months, from the first that has a case."""
    last = min(period.until, month_after(local_date(at)))
    rows = _monthly(area, month_of(period.since), _end_of_month(last), at)
    filled = [index for index, (_, counts) in enumerate(rows) if counts.cases]
    return rows[filled[0] :] if filled else []


def _end_of_month(until: date) -> date:
    return until if until.day == 1 else month_after(until)


def _monthly(area: str, since: date, until: date, at: datetime) -> list[tuple[date, Counts]]:
    period = Period(since, date.fromordinal(until.toordinal() - 1))
    found: dict[date, Counts] = {}
    pieces = _pieces(area, period, at)
    for cell in _cells(area, [area], [Facet.STATE], pieces, monthly=True):
        if cell.month is not None:
            found.setdefault(cell.month, Counts()).add(cell.counts)
    months = (until.year - since.year) * 12 + until.month - since.month
    return [
        (month, found.get(month, Counts()))
        for month in (month_after(since, index) for index in range(months))
    ]


def below(
    area: str,
    children: Sequence[str],
    period: Period,
    at: datetime,
    facets: Sequence[str] = (Facet.STATE, Facet.LEVEL),
) -> dict[str, Figures]:
    """Return the figures of the areas right below ``area`` by their codes."""
    cells: dict[str, list[Cell]] = {code: [] for code in children}
    for length in sorted({len(code) for code in children}):
        codes = [code for code in children if len(code) == length]
        pieces = _pieces(codes[0], period, at)
        for cell in _cells(area, codes, facets, pieces):
            cells[cell.area].append(cell)
    return {code: Figures(found) for code, found in cells.items()}


def now(area: str, at: datetime, length: int | None = None) -> dict[str, Now]:
    """Return the open cases of an area by the areas below it, by ``length`` digits of their codes.

    A case that lies in the area itself stands under the area's own code.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_now(%s, %s, %s)", [area, length or len(area), at])
        return {code: Now(*counts) for code, *counts in cursor.fetchall()}


def sum_of(parts: Iterable[Now]) -> Now:
    """Add up the open cases of several areas."""
    total = Now()
    for part in parts:
        total.open += part.open
        total.overdue += part.overdue
        total.red += part.red
        total.yellow += part.yellow
    return total


def areas_by_level(area: str) -> dict[str, int]:
    """Count the areas that exist in ``area``, itself with them, city to village."""
    found = Area.objects.filter(in_area(area, "code"), abolished_on=None)
    counted = dict(found.values_list("level").annotate(Count("code")).order_by())
    return {level: counted.get(level, 0) for level in COUNTED_LEVELS}


def centres_by_level(area: str) -> dict[str, int]:
    """Count the centres at work in ``area``, city to village."""
    found = Unit.objects.filter(in_area(area, "area_id"), kind=UnitKind.CENTRE, closed_on=None)
    counted = dict(found.values_list("area__level").annotate(Count("id")).order_by())
    return {level: counted.get(level, 0) for level in COUNTED_LEVELS}


def _pieces(area: str, period: Period, at: datetime) -> Pieces:
    return split(period, local_date(at)) if len(area) <= _LONGEST else whole(period)


def _cells(
    within: str,
    areas: Sequence[str],
    facets: Sequence[str],
    pieces: Pieces,
    *,
    monthly: bool = False,
) -> list[Cell]:
    edges = pieces.edges
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM insight_cells(%s, %s, %s, %s, %s, %s, %s::timestamptz[],"
            " %s::timestamptz[], %s::int[])",
            [
                within, list(areas), [str(facet) for facet in facets], monthly,
                pieces.since, pieces.until, [edge.starts for edge in edges],
                [edge.ends for edge in edges], [edge.sign for edge in edges],
            ],
        )  # fmt: skip
        return [
            Cell(area, month, kind, facet, value, Counts(*counts))
            for area, month, kind, facet, value, *counts in cursor.fetchall()
        ]
