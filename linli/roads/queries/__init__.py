"""Reads of the roads: travel times, routes, places, the base map."""

from linli.roads.queries.base_map import StreetMap, base_map, tile
from linli.roads.queries.closures import closures, coming_closures
from linli.roads.queries.places import Found, find_places
from linli.roads.queries.times import (
    NoMap,
    map_in_use,
    seconds_between,
    seconds_from,
    seconds_to,
)
from linli.roads.queries.ways import (
    NoWay,
    Route,
    Step,
    detailed_seconds_to,
    isochrones,
    match,
    route,
)

__all__ = [
    "Found",
    "NoMap",
    "NoWay",
    "Route",
    "Step",
    "StreetMap",
    "base_map",
    "closures",
    "coming_closures",
    "detailed_seconds_to",
    "find_places",
    "isochrones",
    "map_in_use",
    "match",
    "route",
    "seconds_between",
    "seconds_from",
    "seconds_to",
    "tile",
]
