"""What of an extract the base map shows, in which layer, and from which zoom on."""

from collections.abc import Mapping
from typing import NamedTuple


class Shown(NamedTuple):
    """One thing on the base map: layer, kind within it, and the zoom it appears at."""

    layer: str
    kind: str
    zoom: int


ROADS = {
    "motorway": ("motorway", 5), "trunk": ("trunk", 6), "primary": ("primary", 8),
    "secondary": ("secondary", 9), "tertiary": ("tertiary", 11),
    "unclassified": ("minor", 12), "residential": ("minor", 12), "living_street": ("minor", 12),
    "road": ("minor", 12), "service": ("service", 13), "track": ("path", 13),
}  # fmt: skip
LAND = {
    "residential": ("built", 10), "commercial": ("built", 11), "retail": ("built", 11),
    "industrial": ("industry", 10), "construction": ("industry", 12), "railway": ("industry", 12),
    "quarry": ("industry", 11), "farmland": ("farm", 10), "orchard": ("farm", 10),
    "vineyard": ("farm", 11), "meadow": ("farm", 10), "forest": ("green", 8), "grass": ("green", 13),
    "cemetery": ("green", 13), "recreation_ground": ("green", 12), "park": ("green", 11),
    "garden": ("green", 13), "pitch": ("green", 14), "nature_reserve": ("green", 8),
    "wood": ("green", 8), "scrub": ("green", 10), "grassland": ("green", 10), "heath": ("green", 10),
    "bare_rock": ("bare", 10), "scree": ("bare", 10), "sand": ("bare", 10), "wetland": ("green", 11),
}  # fmt: skip
WATER = {"water", "reservoir", "basin", "riverbank", "bay"}
STREAMS = {"river": 8, "canal": 10, "stream": 12, "drain": 13, "ditch": 13}
SETTLEMENTS = {
    "city": 4, "town": 7, "borough": 10, "suburb": 11, "quarter": 12, "village": 10,
    "neighbourhood": 13, "hamlet": 12, "isolated_dwelling": 13, "locality": 13,
}  # fmt: skip
# Things people name when they say where they are.
POINTS = {
    "amenity": {
        "hospital", "clinic", "pharmacy", "school", "kindergarten", "college", "university",
        "police", "fire_station", "townhall", "courthouse", "library", "community_centre", "bank",
        "post_office", "bus_station", "fuel", "marketplace", "place_of_worship", "theatre",
        "cinema", "parking", "restaurant", "nursing_home", "social_facility", "toilets",
    },
    "railway": {"station", "halt"},
    "tourism": {"hotel", "museum", "attraction", "hostel", "guest_house", "viewpoint"},
    "shop": set(),
    "office": set(),
    "leisure": {"park", "stadium", "sports_centre", "playground"},
    "highway": {"bus_stop"},
    "man_made": {"works", "tower", "water_works"},
    "natural": {"peak"},
}  # fmt: skip
POINT_ZOOM = 14
KEYS = (
    "highway", "building", "landuse", "natural", "leisure", "waterway", "railway", "place",
    "amenity", "shop", "office", "tourism", "man_made", "addr:housenumber", "water",
)  # fmt: skip
AREA_KEYS = ("building", "landuse", "natural", "leisure", "waterway", "water", "amenity")


def of_line(tags: Mapping[str, str]) -> Shown | None:
    """Return how a way is shown as a line: a road, a railway or running water."""
    if (highway := tags.get("highway")) and tags.get("area") != "yes":
        kind, zoom = ROADS.get(highway.removesuffix("_link"), ("path", 13))
        return Shown("road", kind, zoom)
    if tags.get("railway") in {"rail", "light_rail", "narrow_gauge"}:
        return Shown("road", "rail", 9)
    if (stream := tags.get("waterway")) in STREAMS:
        return Shown("stream", stream, STREAMS[stream])
    return None


def of_area(tags: Mapping[str, str]) -> Shown | None:
    """Return how a surface is shown: a building, water or a kind of land."""
    if tags.get("building", "no") != "no":
        return Shown("building", "building", 13)
    values = [tags.get(key, "") for key in ("natural", "landuse", "waterway", "leisure")]
    if WATER.intersection(values):
        return Shown("water", "water", 6)
    for value in values:
        if value in LAND:
            kind, zoom = LAND[value]
            return Shown("land", kind, zoom)
    return None


def of_point(tags: Mapping[str, str]) -> Shown | None:
    """Return how a named point is shown: a settlement, or a thing people know."""
    if (settlement := tags.get("place")) in SETTLEMENTS:
        return Shown("place", settlement, SETTLEMENTS[settlement])
    for key, known in POINTS.items():
        if (value := tags.get(key)) and (value in known or (not known and value != "no")):
            return Shown("poi", value, POINT_ZOOM)
    return None
