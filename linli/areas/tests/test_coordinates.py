"""Coordinates: known points, and there and back again to within a metre."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.areas.coordinates import (
    Datum,
    from_gauss_krueger,
    from_wgs84,
    to_gauss_krueger,
    to_wgs84,
)

CHINA = (st.floats(73.6, 135.0), st.floats(3.9, 53.5))
EARTH = (st.floats(-180, 180), st.floats(-90, 90))


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance over small spans, on a sphere."""
    x = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(x, one[1] - other[1]) * 111_320


# Values of eviltransform's published test table (WGS-84 → GCJ-02): Shanghai, Shenzhen, Beijing.
GCJ = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]


@pytest.mark.parametrize(("wgs84", "gcj02"), GCJ)
def test_gcj02_of_known_places(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    assert metres(from_wgs84(Datum.GCJ02, *wgs84), gcj02) < 0.001
    assert metres(to_wgs84(Datum.GCJ02, *gcj02), wgs84) < 1


def test_bd09_is_shifted_once_more() -> None:
    # Tiananmen: the published pair GCJ-02 116.404, 39.915 → BD-09 116.41036949, 39.92133699.
    inside = to_wgs84(Datum.GCJ02, 116.404, 39.915)
    assert metres(from_wgs84(Datum.BD09, *inside), (116.41036949371029, 39.92133699351021)) < 1


def test_gauss_krueger_on_the_central_meridian() -> None:
    # On its meridian a zone's easting is 500 km, and the northing is the arc of the meridian:
    # 4,207,498 m at 38° on the CGCS2000 ellipsoid (0° to 38°, a = 6378137, 1/f = 298.257222101).
    easting, northing = to_gauss_krueger(102.0, 38.0)
    assert easting == pytest.approx(34_500_000, abs=0.01)
    assert northing == pytest.approx(4_207_498.02, abs=0.5)
    for x, meridian in ((easting, None), (500_000.0, 102)):
        assert metres(from_gauss_krueger(x, northing, meridian), (102.0, 38.0)) < 0.01
    # Six degrees wide: zone 17 has its meridian at 99°, zone 18 at 105°.
    assert metres(from_gauss_krueger(17_500_000, northing), (99.0, 38.0)) < 0.01


@pytest.mark.parametrize("datum", list(Datum))
@given(*CHINA)
def test_there_and_back_again(datum: Datum, lng: float, lat: float) -> None:
    assert metres(to_wgs84(datum, *from_wgs84(datum, lng, lat)), (lng, lat)) < 1


@given(st.floats(73.6, 135.0), st.floats(3.9, 53.5))
@settings(max_examples=50, deadline=None)  # PROJ opens its database at the first point
def test_metres_and_back_again(lng: float, lat: float) -> None:
    assert metres(to_wgs84(Datum.CGCS2000, *to_gauss_krueger(lng, lat)), (lng, lat)) < 0.01


@given(*EARTH)
def test_every_place_on_earth_has_some_answer(lng: float, lat: float) -> None:
    for datum in Datum:
        x, y = from_wgs84(datum, lng, lat)
        assert math.isfinite(x)
        assert math.isfinite(y)


@pytest.mark.parametrize(
    ("datum", "x", "y"),
    [
        (Datum.WGS84, 181, 0),
        (Datum.GCJ02, 0, 91),
        (Datum.BD09, math.nan, 30),
        (Datum.WGS84, math.inf, 0),
        (Datum.CGCS2000, 500_000, 4_000_000),
        (Datum.CGCS2000, 46_500_000, 4_000_000),
    ],
)
def test_what_is_no_place_is_refused(datum: Datum, x: float, y: float) -> None:
    with pytest.raises(ValueError, match=r"\d|nan|inf"):
        to_wgs84(datum, x, y)


def test_meridians_that_do_not_exist() -> None:
    with pytest.raises(ValueError, match="meridian"):
        from_gauss_krueger(500_000, 4_000_000, 100)
