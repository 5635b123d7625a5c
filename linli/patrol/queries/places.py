"""What a shift is to be at: check points, schools and markets at their hours, places of hazards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape

from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.kernel.row_security import unscoped
from linli.patrol.choices import PointKind
from linli.patrol.models import CheckPoint, PatrolArea
from linli.premises.models import Premises
from linli.roads.network import Point

# Hazards of so many days are looked after; so many of them a shift, the newest.
RECENT, MOST_HAZARDS = timedelta(days=14), 6
# Minutes before and after a school opens and closes; where markets are busy.
BEFORE, AFTER = 30, 20
SCHOOLS, MARKETS = ("school", "kindergarten"), ("market", "entertainment")
EVENING = (19 * 60, 22 * 60)
DAY = 1440


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody has to be: a key that check-ins name, between two minutes of the shift's day.

    ``key`` begins with what it is: ``point:``, ``premises:`` or ``hazard:``. ``must``: it goes
    before streets.
    """

    key: str
    kind: str
    name: str
    at: Point
    begins: float
    ends: float
    minutes: float
    must: bool


def places_for(area: PatrolArea, day: date, begins: int, ends: int, at: datetime) -> list[Place]:
    """Return the places of a shift that begins on ``day``; minutes count from its midnight.

    Names of places are for the patrol; of hazards nothing is told but where they are. Whoever calls
    has checked that the actor may plan routes here: the cases themselves stay closed to them.
    """
    found = [*_points(area, day), *_premises(area, day), *_hazards(area, at, begins, ends)]
    return [one for one in found if one.begins <= ends and one.ends >= begins]


def _windows(told: Iterable[dict[str, Any]], day: date) -> list[tuple[int, int]]:
    """Return the times of a day, and those of the next one a day later."""
    found = []
    for later in (0, 1):
        weekday = (day.weekday() + later) % 7
        found += [
            (one["begins"] + later * DAY, one["ends"] + later * DAY)
            for one in told
            if weekday in one["days"]
        ]
    return found


def _points(area: PatrolArea, day: date) -> list[Place]:
    found = []
    for point in CheckPoint.objects.filter(patrol_area=area, retired_at=None).order_by("id"):
        windows = _windows(point.windows, day) if point.windows else [(0, 2 * DAY)]
        found += [
            Place(
                f"point:{point.id}", point.kind, point.name, (point.longitude, point.latitude),
                begins, ends, point.minutes, must=True,
            )
            for begins, ends in windows
        ]  # fmt: skip
    return found


def _premises(area: PatrolArea, day: date) -> list[Place]:
    """Return schools when they open and close, and markets in the evening."""
    inside = shape(area.boundary)
    west, south, east, north = inside.bounds
    with unscoped():
        rows = list(
            Premises.objects.filter(
                kind__in=(*SCHOOLS, *MARKETS), closed_on=None,
                longitude__range=(west, east), latitude__range=(south, north),
            ).order_by("id")
        )  # fmt: skip
    found = []
    for row in rows:
        if not inside.contains(shapely.Point(row.longitude, row.latitude)):
            continue
        at = (float(row.longitude or 0), float(row.latitude or 0))
        kind = PointKind.SCHOOL if row.kind_id in SCHOOLS else PointKind.MARKET
        for begins, ends in _hours(row, day):
            found.append(
                Place(f"premises:{row.id}", kind, row.name, at, begins, ends, 10.0, must=True)
            )
    return found


def _hours(row: Premises, day: date) -> list[tuple[float, float]]:
    """Return when to be at premises: around the opening and closing of schools, in the evening
    at markets that are open then."""
    found: list[tuple[float, float]] = []
    for later in (0, 1):
        weekday, more = (day.weekday() + later) % 7, later * DAY
        open_hours = row.hours[weekday] if len(row.hours) == 7 else []
        if row.kind_id in SCHOOLS:
            for opens, closes in open_hours:
                found += [
                    (opens + more - BEFORE, opens + more + AFTER),
                    (closes + more - AFTER, closes + more + BEFORE),
                ]
        elif not open_hours or any(
            opens < EVENING[1] and closes > EVENING[0] for opens, closes in open_hours
        ):
            found.append((EVENING[0] + more, EVENING[1] + more))
    return found


def _hazards(area: PatrolArea, at: datetime, begins: int, ends: int) -> list[Place]:
    inside = shape(area.boundary)
    west, south, east, north = inside.bounds
    with unscoped():
        rows = list(
            Case.objects.filter(
                kind=Kind.HAZARD, opened_at__gte=at - RECENT, opened_at__lte=at,
                longitude__range=(west, east), latitude__range=(south, north),
            )
            .order_by("-opened_at")
            .values_list("id", "longitude", "latitude")[: 4 * MOST_HAZARDS]
        )  # fmt: skip
    kept = [
        (key, (float(x or 0), float(y or 0)))
        for key, x, y in rows
        if inside.contains(shapely.Point(x, y))
    ]
    return [
        Place(
            f"hazard:{key}", PointKind.HAZARD, _("Place of a recent hazard"), spot,
            begins, ends, 3.0, must=False,
        )
        for key, spot in kept[:MOST_HAZARDS]
    ]  # fmt: skip
