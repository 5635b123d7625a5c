"""The way in detail, by Valhalla: routes with turns, how far one gets in a time, a track on its roads.

Valhalla knows turn restrictions and lights. It takes milliseconds a question, so many are ranked on
the network first (:mod:`linli.roads.queries.times`). Points are (longitude, latitude) in WGS-84.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import local
from typing import Any

import valhalla
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from linli.kernel.errors import Refused
from linli.roads.build.programs import configuration
from linli.roads.modes import Mode
from linli.roads.network import Point
from linli.roads.queries.closures import shut_for
from linli.roads.queries.times import map_in_use

COSTING = {Mode.CAR: "auto", Mode.BICYCLE: "bicycle", Mode.FOOT: "pedestrian"}
# Valhalla's numbers of turns, in the words people use; it has no Chinese of its own.
_LEFT, _RIGHT = pgettext_lazy("on a route", "turn left"), pgettext_lazy("on a route", "turn right")
_ON = pgettext_lazy("on a route", "go straight on")
_SLIGHTLY_LEFT = pgettext_lazy("on a route", "bear left")
_SLIGHTLY_RIGHT = pgettext_lazy("on a route", "bear right")
_BACK = pgettext_lazy("on a route", "turn round")
_START = pgettext_lazy("on a route", "set out")
_THERE = pgettext_lazy("on a route", "arrive")
TURNS = {
    **dict.fromkeys((1, 2, 3), _START), **dict.fromkeys((4, 5, 6), _THERE),
    **dict.fromkeys((10, 11, 18, 20), _RIGHT), **dict.fromkeys((14, 15, 19, 21), _LEFT),
    **dict.fromkeys((9, 23, 37), _SLIGHTLY_RIGHT), **dict.fromkeys((16, 24, 38), _SLIGHTLY_LEFT),
    **dict.fromkeys((12, 13), _BACK),
    26: pgettext_lazy("on a route", "enter the roundabout"),
    27: pgettext_lazy("on a route", "leave the roundabout"),
    28: pgettext_lazy("on a route", "take the ferry"),
}  # fmt: skip
_CACHE = local()


class NoWay(Refused):
    """There is no way between the points, or no road near one of them."""

    status = 404
    code = "no-way"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of directions: what to do, into which road, and how far it then goes (metres)."""

    turn: str
    road: str
    metres: int


@dataclass(frozen=True, slots=True)
class Route:
    """A way: seconds, metres, its line and its directions."""

    seconds: float
    metres: int
    line: tuple[Point, ...]
    steps: tuple[Step, ...]


def route(points: Sequence[Point], mode: Mode, at: datetime) -> Route:
    """Return the best way through ``points`` in their order; raises :class:`NoWay`."""
    trip = _ask("route", mode, at, locations=_places(points), directions_type="maneuvers")["trip"]
    line: list[Point] = []
    steps: list[Step] = []
    for leg in trip["legs"]:
        line += decoded(leg["shape"])
        steps += [
            Step(
                str(TURNS.get(turn["type"], _ON)),
                "、".join(turn.get("street_names", [])),
                round(turn["length"] * 1000),
            )
            for turn in leg["maneuvers"]
        ]
    summary = trip["summary"]
    return Route(summary["time"], round(summary["length"] * 1000), tuple(line), tuple(steps))


def detailed_seconds_to(
    target: Point, sources: Sequence[Point], mode: Mode, at: datetime
) -> list[float | None]:
    """Return the seconds from each of a few ``sources``, turns and lights included."""
    if not sources:
        return []
    answer = _ask("matrix", mode, at, sources=_places(sources), targets=_places([target]))
    return [row[0]["time"] for row in answer["sources_to_targets"]]


def isochrones(
    point: Point, minutes: Sequence[float], mode: Mode, at: datetime, *, towards: bool = False
) -> dict[float, dict[str, Any]]:
    """Return for each number of minutes the GeoJSON polygon one gets to (``towards``: comes from)."""
    answer = _ask(
        "isochrone", mode, at, locations=_places([point]), polygons=True, reverse=towards,
        contours=[{"time": minute} for minute in sorted(minutes)],
    )  # fmt: skip
    return {f["properties"]["contour"]: f["geometry"] for f in answer["features"]}


def match(track: Sequence[Point], mode: Mode) -> tuple[Point, ...]:
    """Return the line on the roads that a recorded track most likely went; raises :class:`NoWay`."""
    shape = [{"lon": x, "lat": y} for x, y in track]
    trip = _ask("trace_route", mode, None, shape=shape, shape_match="map_snap")["trip"]
    return tuple(point for leg in trip["legs"] for point in decoded(leg["shape"]))


def _ask(what: str, mode: Mode, at: datetime | None, **question: Any) -> Mapping[str, Any]:
    directory = map_in_use().directory
    shut = shut_for(mode, at) if at else ()
    if shut:
        question["exclude_polygons"] = [[list(point) for point in one.ring] for one in shut]
    ask: Callable[[Mapping[str, Any]], Mapping[str, Any]] = getattr(_actor(directory), what)
    try:
        return ask({"costing": COSTING[mode], **question})
    except valhalla.ValhallaError as error:
        raise NoWay(_("There is no way there on the roads of the map.")) from error


def _actor(directory: Path) -> Any:
    """Return this thread's actor for a map: an actor is for one thread."""
    if getattr(_CACHE, "directory", None) != directory:
        _CACHE.actor = valhalla.Actor(configuration(directory / "routing"))
        _CACHE.directory = directory
    return _CACHE.actor


def _places(points: Sequence[Point]) -> list[dict[str, float]]:
    return [{"lon": longitude, "lat": latitude} for longitude, latitude in points]


def decoded(shape: str) -> list[Point]:
    """Return the points of a line as Valhalla writes them: a polyline of six digits."""
    points, place, at = [], [0, 0], 0
    while at < len(shape):
        for axis in (0, 1):
            value = shift = 0
            while True:
                byte = ord(shape[at]) - 63
                at += 1
                value |= (byte & 0x1F) << shift
                shift += 5
                if byte < 0x20:
                    break
            place[axis] += ~(value >> 1) if value & 1 else value >> 1
        points.append((place[1] / 1e6, place[0] / 1e6))
    return points
