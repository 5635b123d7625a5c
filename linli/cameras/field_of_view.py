"""The field of view as a shape: a sector over the ground, from where it stands, where it looks."""

from math import asin, atan2, cos, degrees, radians, sin
from typing import Any

from linli.kernel.earth import EARTH

# One corner of the outline for so many degrees of the arc.
STEP = 5.0

type Ring = list[tuple[float, float]]


def away(longitude: float, latitude: float, bearing: float, metres: float) -> tuple[float, float]:
    """Return the point (longitude, latitude) so far away; ``bearing`` is clockwise from north."""
    arc, turn, north = metres / EARTH, radians(bearing), radians(latitude)
    there = asin(sin(north) * cos(arc) + cos(north) * sin(arc) * cos(turn))
    east = atan2(sin(turn) * sin(arc) * cos(north), cos(arc) - sin(north) * sin(there))
    return round(longitude + degrees(east), 7), round(degrees(there), 7)


def sector(
    longitude: float, latitude: float, *, heading: float, angle: float, reach: float
) -> Ring:
    """Return the closed ring (WGS-84, longitude first) of what a camera sees over the ground.

    ``heading`` and ``angle`` are degrees, ``reach`` metres. A full circle has no point at the camera.
    """
    steps = max(2, round(angle / STEP))
    first = heading - angle / 2
    arc = [
        away(longitude, latitude, first + angle * step / steps, reach) for step in range(steps + 1)
    ]
    if angle >= 360:
        return [*arc[:-1], arc[0]]
    tip = (round(longitude, 7), round(latitude, 7))
    return [tip, *arc, tip]


def polygon(
    longitude: float, latitude: float, heading: float | None, angle: float | None,
    reach: float | None,
) -> dict[str, Any] | None:  # fmt: skip
    """Return the sector as a GeoJSON polygon, None where the camera's view is not known."""
    if heading is None or angle is None or reach is None:
        return None
    ring = sector(longitude, latitude, heading=heading, angle=angle, reach=reach)
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}
