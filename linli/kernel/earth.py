"""The earth as a ball: good to half a percent, which is enough for metres within a city."""

from math import radians

# Metres: the mean radius of WGS-84 (IUGG).
EARTH = 6_371_008.8
# Metres that a degree has: of latitude everywhere, of longitude times the cosine of the latitude.
DEGREE = radians(1.0) * EARTH
