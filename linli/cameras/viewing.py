"""The rules of viewing as plain functions: does a camera match the place, does a moment the time.

Distances are metres, bearings degrees clockwise from north, points WGS-84.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import atan2, cos, degrees, hypot, radians
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.cameras.models import Camera, ViewingRules
from linli.cameras.viewing_choices import Cause
from linli.cases.models import Case
from linli.kernel.earth import DEGREE
from linli.kernel.errors import NotPermitted, Text


class VideoRefused(NotPermitted):
    """Video is refused, and the attempt belongs into the log; ``cause`` says why."""

    code = "video-refused"
    # Set where it was refused so often that it was not written down any more.
    too_often = False

    def __init__(self, cause: Cause, reason: Text, hint: Text = "") -> None:
        super().__init__(reason, hint)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Around:
    """Where and when: a case's own place and time, or those of a sighting a room above vouches for.

    It happened between ``first`` and ``last``.
    """

    latitude: float
    longitude: float
    first: datetime
    last: datetime


def around(case: Case) -> Around | None:
    """Return a case's place and time; None where it has no point on the map.

    Where only the day is known, any moment of that day counts.
    """
    if case.latitude is None or case.longitude is None:
        return None
    first = last = case.opened_at
    if case.happened_on is not None:
        first, last = _midnight(case.happened_on), _midnight(case.happened_on + timedelta(1))
        if last > case.opened_at > first:
            last = case.opened_at
    return Around(case.latitude, case.longitude, first, last)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def offset(camera: Camera, latitude: float, longitude: float) -> tuple[float, float]:
    """Return how far a point is from a camera, and in which direction: metres, degrees from north."""
    north = (latitude - camera.latitude) * DEGREE
    east = (longitude - camera.longitude) * DEGREE * cos(radians(camera.latitude))
    return hypot(north, east), degrees(atan2(east, north)) % 360


def sees(camera: Camera, latitude: float, longitude: float) -> bool:
    """Say whether a point lies in a camera's field of view, as far as that is known."""
    if camera.heading is None or camera.angle is None or camera.reach is None:
        return False
    metres, bearing = offset(camera, latitude, longitude)
    aside = abs((bearing - camera.heading + 180) % 360 - 180)
    return metres <= camera.reach and aside <= camera.angle / 2


def matches_place(camera: Camera, where: Around, rules: ViewingRules) -> bool:
    """Say whether a camera stands near enough to a place, or its field of view reaches it."""
    metres, _ = offset(camera, where.latitude, where.longitude)
    return metres <= rules.metres or sees(camera, where.latitude, where.longitude)


def live_until(when: Around, rules: ViewingRules) -> datetime:
    """Return the moment after which live video has nothing to do with it any more."""
    return when.last + timedelta(hours=rules.case_hours)


def recorded_window(when: Around, rules: ViewingRules) -> tuple[datetime, datetime]:
    """Return from when to when a recording has to do with it."""
    before, after = timedelta(hours=rules.before_hours), timedelta(hours=rules.after_hours)
    return when.first - before, when.last + after
