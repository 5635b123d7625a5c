"""The demo's places: the official table with points and boundaries that are only schematic.

Townships stand about where they really are; their villages are spread around them in a spiral, and
the boundaries are the cells of a Voronoi diagram, clipped to a hull: plausible on a map, official
in no way (docs/reference/demo.md).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from pathlib import Path
from random import Random
from typing import Any

import shapely

from linli.areas.codes import level_of

TABLE = Path(__file__).parent / "data" / "jinchang-divisions.csv"
CITY = "6203"
# Township → about where it is (WGS-84) and how far its villages lie around it, in kilometres.
CENTRES = {
    "620302001": (38.498, 102.165, 1.1),
    "620302002": (38.521, 102.205, 1.1),
    "620302003": (38.530, 102.183, 0.8),
    "620302004": (38.514, 102.168, 1.1),
    "620302005": (38.503, 102.190, 1.1),
    "620302006": (38.541, 102.198, 0.9),
    "620302100": (38.455, 102.155, 8.0),
    "620302101": (38.615, 102.335, 10.0),
    "620321100": (38.247, 101.968, 5.0),
    "620321101": (38.383, 102.095, 7.0),
    "620321102": (38.275, 101.640, 9.0),
    "620321103": (38.205, 102.505, 8.0),
    "620321104": (38.190, 102.055, 6.0),
    "620321105": (38.310, 102.415, 8.0),
    "620321106": (38.345, 101.735, 9.0),
    "620321107": (38.190, 101.880, 6.0),
    "620321108": (38.290, 102.130, 6.0),
    "620321203": (38.085, 102.130, 8.0),
}
KM = 1 / 111.2  # degrees of latitude
SQUEEZE = cos(radians(38.4))
_GOLDEN = pi * (3 - sqrt(5))

# Longitude and latitude in degrees.
type Spot = tuple[float, float]
_DIGITS = "零一二三四五六"


def near(spot: Spot, east: float, north: float) -> Spot:
    """Return the point so many kilometres away, to the tenth of a metre."""
    longitude, latitude = spot
    return round(longitude + east * KM / SQUEEZE, 6), round(latitude + north * KM, 6)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the tree, with a point in WGS-84 degrees and a GeoJSON boundary."""

    code: str
    name: str
    parent: str | None
    urban_rural_kind: str
    latitude: float | None = None
    longitude: float | None = None
    boundary: dict[str, Any] | None = None

    @property
    def level(self) -> str:
        """The level its code says."""
        return level_of(self.code).value


def short_name(name: str) -> str:
    """Return a village's name without its committee: 龙门里社区居委会 → 龙门里社区."""
    return name.removesuffix("居委会").replace("村村委会", "村委会").removesuffix("委会")


def places(rng: Random) -> list[Place]:
    """Return province, city, counties, townships, villages and grids, from the top down."""
    with TABLE.open(encoding="utf-8") as file:
        rows = [(r["code"], r["name"], r["urban_rural_kind"]) for r in csv.DictReader(file)]
    points = _village_points([code for code, *_rest in rows if len(code) == 12])
    points |= _middles(points)
    shapes = _boundaries({code: point for code, point in points.items() if len(code) == 12})
    found = []
    for code, name, kind in rows:
        latitude, longitude = points.get(code, (None, None))
        parent = None if len(code) == 2 else _above(code)
        found.append(Place(code, name, parent, kind, latitude, longitude, shapes.get(code)))
    for place in [place for place in found if len(place.code) == 12]:
        found += _grids(place, rng)
    return found


def _above(code: str) -> str:
    return code[: {4: 2, 6: 4, 9: 6, 12: 9, 15: 12}[len(code)]]


def _spiral(latitude: float, longitude: float, reach: float, n: int) -> list[tuple[float, float]]:
    """Spread ``n`` points evenly over a disk of ``reach`` kilometres."""
    found = []
    for i in range(n):
        distance, angle = reach * sqrt((i + 0.4) / n) * KM, i * _GOLDEN + reach
        north, east = distance * sin(angle), distance * cos(angle) / SQUEEZE
        found.append((round(latitude + north, 5), round(longitude + east, 5)))
    return found


def _village_points(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    below: defaultdict[str, list[str]] = defaultdict(list)
    for code in codes:
        below[code[:9]].append(code)
    points: dict[str, tuple[float, float]] = {}
    for township, villages in below.items():
        spread = _spiral(*CENTRES[township], len(villages))
        points |= dict(zip(villages, spread, strict=True))
    return points


def _middles(points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    found = {code: (lat, lon) for code, (lat, lon, _reach) in CENTRES.items()}
    # The seats: the city's and 金川区's in the town, 永昌县's in 城关镇.
    return found | {
        CITY: (38.520, 102.188),
        "620302": (38.521, 102.186),
        "620321": (38.248, 101.970),
    }


def _boundaries(points: dict[str, tuple[float, float]]) -> dict[str, dict[str, Any]]:
    codes = list(points)
    dots = shapely.MultiPoint([(lon * SQUEEZE, lat) for lat, lon in points.values()])
    hull = dots.convex_hull.buffer(5 * KM)
    cells = shapely.voronoi_polygons(dots, extend_to=hull, ordered=True).geoms
    shapes = {code: cell.intersection(hull) for code, cell in zip(codes, cells, strict=True)}
    for length in (9, 6, 4):
        parts: defaultdict[str, list[Any]] = defaultdict(list)
        for code in codes:
            parts[code[:length]].append(shapes[code])
        shapes |= {code: shapely.union_all(cells) for code, cells in parts.items()}
    return {code: _geojson(shape) for code, shape in shapes.items()}


def _geojson(shape: Any) -> dict[str, Any]:
    wide = shapely.transform(shape, lambda c: (c / [SQUEEZE, 1]).round(5))
    geometry: dict[str, Any] = shapely.geometry.mapping(wide)
    return geometry


def _grids(village: Place, rng: Random) -> list[Place]:
    n = rng.choice((3, 4, 4, 4, 4, 5, 6))
    reach = 0.2 if village.code.startswith("62030200") else 0.7
    assert village.latitude is not None and village.longitude is not None  # noqa: S101, PT018
    spread = _spiral(village.latitude, village.longitude, reach, n)
    return [
        Place(
            f"{village.code}{i:03d}", f"第{_DIGITS[i]}网格", village.code, "", latitude, longitude
        )
        for i, (latitude, longitude) in enumerate(spread, 1)
    ]
