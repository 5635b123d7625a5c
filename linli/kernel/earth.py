"""The earth as a ball: good to half a percent, which is enough for metres within a city."""

from math import cos, hypot, radians

# Metres: the mean radius of WGS-84 (IUGG).
EARTH = 6_371_008.8
# Metres that a degree has: of latitude everywhere, of longitude times the cosine of the latitude.
DEGREE = radians(1.0) * EARTH

# Longitude and latitude (WGS-84).
type Degrees = tuple[float, float]


def apart(one: Degrees, other: Degrees) -> float:
    """Return metres between two points of a city: flat, good to one in a thousand."""
    east = (other[0] - one[0]) * cos(radians(one[1]))
    return DEGREE * hypot(east, other[1] - one[1])
