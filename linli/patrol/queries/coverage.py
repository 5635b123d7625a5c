"""Coverage: which streets of a patrol area were seen how often, against what was promised."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, Sum
from django.utils import timezone

from linli.kernel.row_security import unscoped
from linli.patrol.choices import Band
from linli.patrol.models import CheckIn, CheckPoint, PatrolArea, Seen
from linli.patrol.queries.ground import ground_for, promised
from linli.patrol.queries.people import days_between
from linli.roads.modes import Mode
from linli.roads.network import Point
from linli.roads.queries import map_in_use

# What a street is: seen as promised, seen but less, not seen, nothing promised.
KEPT, SHORT, MISSED, FREE = "kept", "short", "missed", "free"
# Minutes a check-in may lie outside of its time.
GRACE = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch on the map of coverage."""

    points: list[Point]
    state: str
    seen: int


@dataclass(frozen=True, slots=True)
class Street:
    """A street of the area: how often it was seen (all its stretches, on average) and should be.

    ``lacking`` of its ``parts`` stretches were seen less than promised; it is missed when none was
    seen. ``bands`` is how often it was seen in each quarter of the day, ``last`` the last day.
    """

    name: str
    metres: int
    parts: int
    lacking: int
    seen: float
    wanted: float
    state: str
    bands: tuple[float, ...]
    last: date | None


@dataclass(frozen=True, slots=True)
class PointKept:
    """A check point: how many of its times somebody was there."""

    name: str
    kept: int
    wanted: int
    missed: list[tuple[date, int, int]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A period of a patrol area. ``share``: metres seen as promised, of all promised metres."""

    lines: list[Line]
    streets: list[Street]
    share: float | None

    @property
    def missed(self) -> list[Street]:
        """Return the streets that were not seen, or less than promised; the worst first."""
        short = [one for one in self.streets if one.state in {MISSED, SHORT}]
        return sorted(short, key=lambda one: (one.state != MISSED, -one.lacking, one.name))


def coverage_of(
    area: PatrolArea, first: date, last: date, mode: Mode = Mode.FOOT
) -> Coverage | None:
    """Return what was seen from ``first`` to ``last``; None where the map has no streets here.

    What is promised for a week counts by the day. Raises ``NoMap``.
    """
    ground = ground_for(area, mode)
    if ground is None:
        return None
    part = ((last - first).days + 1) / 7
    wanted = {stretch: times * part for stretch, times in promised(area, ground).items()}
    seen, bands, latest = _seen(area, first, last)
    lines, edges = [], defaultdict(list)
    good = total = 0.0
    for edge, number in enumerate(ground.stretch.tolist()):
        if not ground.inside[edge]:
            continue
        state = state_of(seen[number], wanted.get(number, 0.0))
        lines.append(Line(ground.network.line_of(number), state, seen[number]))
        if number in wanted:
            edges[ground.names[edge]].append((number, float(ground.length[edge])))
        if wanted.get(number):
            total += float(ground.length[edge])
            good += float(ground.length[edge]) * (state == KEPT)
    streets = [
        _street(name, parts, seen=seen, bands=bands, latest=latest, wanted=wanted)
        for name, parts in sorted(edges.items())
    ]
    return Coverage(lines, streets, good / total if total else None)


def state_of(seen: float, wanted: float) -> str:
    """Return what a street is; less than half a visit short is as promised."""
    if wanted <= 0:
        return FREE
    if seen <= 0:
        return MISSED
    return KEPT if seen + 0.5 >= wanted else SHORT


type Counts = defaultdict[int, int]


def _seen(
    area: PatrolArea, first: date, last: date
) -> tuple[Counts, dict[int, tuple[int, ...]], dict[int, date]]:
    rows = Seen.objects.filter(patrol_area=area, map=map_in_use().name, date__range=(first, last))
    seen: Counts = defaultdict(int)
    parts: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(Band))
    latest: dict[int, date] = {}
    grouped = rows.values("stretch", "band").annotate(all=Sum("times"), day=Max("date"))
    for stretch, band, times, day in grouped.values_list("stretch", "band", "all", "day"):
        seen[stretch] += times
        parts[stretch][band] += times
        latest[stretch] = max(day, latest.get(stretch, day))
    return seen, {stretch: tuple(counts) for stretch, counts in parts.items()}, latest


def _street(
    name: str, parts: list[tuple[int, float]], *, seen: Counts, bands: dict[int, tuple[int, ...]],
    latest: dict[int, date], wanted: dict[int, float],
) -> Street:  # fmt: skip
    metres = sum(length for _number, length in parts)
    times = sum(seen[number] * length for number, length in parts) / metres
    promise = max(wanted[number] for number, _length in parts)
    quarters = tuple(
        round(sum(bands.get(number, (0,) * len(Band))[band] * length for number, length in parts)
              / metres, 1)
        for band in range(len(Band))
    )  # fmt: skip
    states = [state_of(seen[number], wanted[number]) for number, _length in parts]
    lacking = sum(state in {MISSED, SHORT} for state in states)
    state = SHORT if lacking else states[0]
    if all(one == MISSED for one in states):
        state = MISSED
    days = [latest[number] for number, _length in parts if number in latest]
    return Street(
        name, round(metres), len(parts), lacking, round(times, 1), round(promise, 1), state,
        quarters, max(days, default=None),
    )  # fmt: skip


def points_of(area: PatrolArea, first: date, last: date) -> list[PointKept]:
    """Return for each check point with times how many of them were kept; the worst first.

    Whoever sees the area sees this; who was there is not told.
    """
    points = CheckPoint.objects.filter(patrol_area=area, retired_at=None).order_by("name")
    there: defaultdict[tuple[UUID, date], list[int]] = defaultdict(list)
    with unscoped():
        rows = list(
            CheckIn.objects.filter(
                patrol_area=area, point__isnull=False, at__date__range=(first, last)
            ).values_list("point", "at")
        )
    for point_id, moment in rows:
        local = timezone.localtime(moment)
        if point_id:
            there[point_id, local.date()].append(local.hour * 60 + local.minute)
    found = []
    for point in points:
        times = [
            (day, one["begins"], one["ends"])
            for day in days_between(first, last)
            for one in point.windows
            if day.weekday() in one["days"]
        ]
        missed = [
            (day, begins, ends)
            for day, begins, ends in times
            if not any(begins - GRACE <= at <= ends + GRACE for at in there[point.id, day])
        ]
        if times:
            found.append(PointKept(point.name, len(times) - len(missed), len(times), missed))
    return sorted(found, key=lambda one: (-len(one.missed), one.name))


def last_days(today: date, days: int) -> tuple[date, date]:
    """Return the period of some days that ends yesterday: what is complete."""
    return today - timedelta(days=days), today - timedelta(days=1)
