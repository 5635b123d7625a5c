"""In which area a point lies."""

from shapely import Point
from shapely.geometry import shape

from linli.accounts.scope import in_area
from linli.areas.codes import Level
from linli.areas.models import Area

# A point without an outline around it belongs to the nearest centre point within about 3 km.
_NEAR_DEGREES = 0.03


def lowest_at(city: str, longitude: float, latitude: float) -> Area | None:
    """Return the lowest area of a city, down to a village, in which a point (WGS-84) lies."""
    point, found, parents = Point(longitude, latitude), None, [city]
    for level in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE):
        below = Area.objects.filter(parent__in=parents, level=level, abolished_on=None)
        outlined = list(below.filter(boundary__isnull=False))
        inside = [area for area in outlined if shape(area.boundary).covers(point)]
        if inside:
            found, parents = inside[0], [inside[0].code]
        elif outlined and level != Level.COUNTY:
            break
        elif not outlined:
            parents = list(below.values_list("code", flat=True))
    if found is not None and found.level != Level.COUNTY:
        return found
    return _nearest(city, point) or found


def _nearest(city: str, point: Point) -> Area | None:
    villages = Area.objects.filter(
        in_area(city, "code"),
        level=Level.VILLAGE,
        abolished_on=None,
        latitude__range=(point.y - _NEAR_DEGREES, point.y + _NEAR_DEGREES),
        longitude__range=(point.x - _NEAR_DEGREES, point.x + _NEAR_DEGREES),
    )
    return min(villages, key=lambda area: _distance(area, point), default=None)


def _distance(area: Area, point: Point) -> float:
    return float(point.distance(Point(area.longitude or 0, area.latitude or 0)))
