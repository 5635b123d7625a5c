"""Close: a road or a place that one does not get through for a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import cos, radians
from typing import Any
from uuid import UUID

import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.affinity import scale
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.earth import DEGREE
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.roads.models import Closure
from linli.roads.modes import MODES, Mode
from linli.roads.network import Point, network_in
from linli.roads.policy import permit_close
from linli.roads.queries.times import map_in_use

# A bar across a road is this far to each side, in metres: the road itself and not the next one.
HALF_BAR = 4.0
MOST_POINTS = 2_000
LONGEST_REASON = 120
LONGEST = timedelta(days=2 * 366)
# Degrees: a tenth of a metre.
GRID = 1e-6


def close_road(
    *, reason: str, since: datetime, until: datetime, actor: Actor, at: datetime,
    point: Point | None = None, area: Any = None, modes: Sequence[Mode] = MODES,
    closure_id: UUID | None = None,
) -> Closure:  # fmt: skip
    """Close the road at ``point``, or all roads in ``area`` (a GeoJSON polygon, WGS-84).

    Raises ``NotPermitted``, ``NoMap`` (for a point), and ``Invalid`` with the field that is wrong.
    """
    permit_close(actor)
    reason = reason.strip()
    faults: dict[str, str] = {}
    if not reason or len(reason) > LONGEST_REASON:
        faults["reason"] = _("Say why in at most %(most)d characters.") % {"most": LONGEST_REASON}
    if until <= max(since, at):
        faults["until"] = _("The end lies after the beginning and after now.")
    elif until > at + LONGEST or since < at - LONGEST:
        faults["until"] = _("A road is closed for at most two years; then close it again.")
    if not modes:
        faults["modes"] = _("Say for whom the road is closed.")
    if (point is None) == (area is None):
        faults["shape"] = _("Give a point on the road or an area.")
    if faults:
        raise Invalid(next(iter(faults.values())), faults)
    around = _bar(point) if point else _polygon(area)
    closure = Closure(
        id=closure_id or new_id(), reason=reason, shape=mapping(around),
        modes=[mode.value for mode in modes], since=since, until=until,
        closed_by_id=actor.user_id,
    )  # fmt: skip
    with transaction.atomic():
        facts = {"since": since, "until": until, "modes": closure.modes}
        record(
            "road", closure.pk, "road.close", actor=actor.user_id, at=at, facts=facts,
            rows=[closure],
        )  # fmt: skip
    return closure


def _bar(point: Point) -> Any:
    """Return a small square on the middle of the road that is nearest to the point."""
    network = network_in(map_in_use().directory)
    mode = min(MODES, key=lambda one: network.put([point], one).off[0])
    on = network.put([point], mode)
    if on.off[0] == float("inf"):
        reason = _("There is no road near this point.")
        raise Invalid(reason, {"shape": reason})
    x, y = network.at(int(on.stretch[0]), float(on.along[0]))
    square = shapely.Point(x, y).buffer(HALF_BAR / DEGREE, cap_style="square")
    return shapely.set_precision(scale(square, 1 / cos(radians(y)), 1.0), GRID / 10)


def _polygon(area: Any) -> Any:
    reason = _("The area is not a polygon that can be read.")
    try:
        found = shape(area)
        usable = found.geom_type == "Polygon" and not found.is_empty and found.is_valid
        west, south, east, north = found.bounds
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise Invalid(reason, {"shape": reason}) from None
    on_earth = -180 <= west < east <= 180 and -90 <= south < north <= 90
    if not usable or not on_earth or shapely.get_num_coordinates(found) > MOST_POINTS:
        raise Invalid(reason, {"shape": reason})
    return shapely.Polygon(shapely.force_2d(found).exterior)
