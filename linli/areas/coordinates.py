"""Coordinates at the edges: everything inside is WGS-84 degrees, longitude before latitude.

GCJ-02 (the shifted coordinates of Chinese maps) and BD-09 (Baidu's, shifted once more) by prcoords;
CGCS2000 (GB 22021), as degrees or in Gauss-Krüger metres, by PROJ's EPSG definitions. Outside the
rectangle in which the shift is applied, GCJ-02 is WGS-84.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import cache

import prcoords
from pyproj import Transformer

type Point = tuple[float, float]

# EPSG numbers of "CGCS2000 / 3-degree Gauss-Krüger zone 25" to 45 (75° to 135° E) and "… Gauss-
# Krüger zone 13" to 23, whose eastings begin with the zone; and of the same without it, by central
# meridian: "… / 3-degree Gauss-Krüger CM 75E" to 135E.
THREE_DEGREES, SIX_DEGREES, MERIDIANS = 4513 - 25, 4491 - 13, 4534
_METRES_A_ZONE = 1_000_000


class Datum(StrEnum):
    """What a file's coordinates are in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    CGCS2000 = "cgcs2000"


def to_wgs84(datum: Datum, x: float, y: float) -> Point:
    """Turn a point of ``datum`` into WGS-84 (longitude, latitude).

    ``x``, ``y`` are longitude and latitude in degrees; for CGCS2000 also easting, with the number
    of its zone in front, and northing in metres. Raises ValueError for what is no place.
    """
    if datum is Datum.CGCS2000 and not _in_degrees(x, y):
        return _checked(*from_gauss_krueger(x, y))
    _checked(x, y)
    return _checked(*_INWARD[datum](x, y))


def from_wgs84(datum: Datum, lng: float, lat: float) -> Point:
    """Turn WGS-84 degrees into degrees of ``datum``."""
    return _OUTWARD[datum](*_checked(lng, lat))


def from_gauss_krueger(easting: float, northing: float, meridian: int | None = None) -> Point:
    """Turn CGCS2000 Gauss-Krüger metres into WGS-84 degrees.

    The zone is read from the easting's millions (25-45: three degrees wide; 13-23: six). Where
    these are left out, ``meridian`` is the central one in degrees east, a multiple of three.
    """
    return _inverse(_projection(easting, meridian)).transform(easting, northing)


def to_gauss_krueger(lng: float, lat: float) -> Point:
    """Turn WGS-84 degrees into CGCS2000 metres of the three-degree zone they lie in."""
    zone = min(45, max(25, round(lng / 3)))
    return _forward(THREE_DEGREES + zone).transform(*_checked(lng, lat))


def _projection(easting: float, meridian: int | None) -> int:
    if meridian is not None:
        if meridian % 3 or not 75 <= meridian <= 135:
            raise ValueError(f"{meridian}: no central meridian of a three-degree zone")
        return MERIDIANS + meridian // 3 - 25
    zone = int(easting // _METRES_A_ZONE)
    if 25 <= zone <= 45:
        return THREE_DEGREES + zone
    if 13 <= zone <= 23:
        return SIX_DEGREES + zone
    raise ValueError(f"{easting}: no CGCS2000 easting with a zone in front")


@cache
def _inverse(epsg: int) -> Transformer:
    return Transformer.from_crs(epsg, 4326, always_xy=True)


@cache
def _forward(epsg: int) -> Transformer:
    return Transformer.from_crs(4326, epsg, always_xy=True)


def _in_degrees(x: float, y: float) -> bool:
    return abs(x) <= 180 and abs(y) <= 90


def _checked(lng: float, lat: float) -> Point:
    if not _in_degrees(lng, lat):  # not a number is not in degrees either
        raise ValueError(f"{lng}, {lat}: not a longitude and latitude")
    return lng, lat


def _shift(convert: Callable[..., tuple[float, float]]) -> Callable[[float, float], Point]:
    def shifted(lng: float, lat: float) -> Point:
        if not prcoords.sanity_in_china_p(prcoords.Coords(lat, lng)):
            return lng, lat
        latitude, longitude = convert((lat, lng))
        return longitude, latitude

    return shifted


def _same(lng: float, lat: float) -> Point:
    # CGCS2000 and WGS-84 differ by less than a decimetre.
    return lng, lat


_INWARD: dict[Datum, Callable[[float, float], Point]] = {
    Datum.WGS84: _same,
    Datum.CGCS2000: _same,
    # The exact reversals, by iteration: better than a decimetre.
    Datum.GCJ02: _shift(prcoords.gcj_wgs_bored),
    Datum.BD09: _shift(prcoords.bd_wgs_bored),
}
_OUTWARD: dict[Datum, Callable[[float, float], Point]] = {
    Datum.WGS84: _same,
    Datum.CGCS2000: _same,
    Datum.GCJ02: _shift(prcoords.wgs_gcj),
    Datum.BD09: _shift(prcoords.wgs_bd),
}
