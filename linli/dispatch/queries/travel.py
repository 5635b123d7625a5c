"""How long units need to a place: on the roads of today's map, or by line where there is none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from linli.kernel.earth import EARTH
from linli.kernel.errors import Refused
from linli.roads import store
from linli.roads.modes import Mode
from linli.roads.network import Point
from linli.roads.queries.times import seconds_to
from linli.roads.queries.ways import detailed_seconds_to

# Metres a second, and how much longer a street is than the line: what is assumed without a map.
SPEEDS = {Mode.CAR: 8.3, Mode.BICYCLE: 4.0, Mode.FOOT: 1.3}
DETOUR = 1.35
# A position older than this says nothing any more; the unit's post is taken.
FRESH_SECONDS = 600


def ways_to(
    target: Point, sources: Mapping[UUID, tuple[Point, str]], at: datetime
) -> dict[UUID, tuple[float | None, str]]:
    """Return for each unit its seconds to ``target`` and how they are known: ``road``, ``line``, ``none``.

    ``sources`` gives each unit's point (longitude, latitude) and mode; one walk of the network a
    mode. Without a map, or off the map, a straight line is said to be one.
    """
    found: dict[UUID, tuple[float | None, str]] = {}
    for mode, points in _by_mode(sources).items():
        seconds = _seconds(target, list(points.values()), mode, at)
        found |= dict(zip(points, seconds, strict=True))
    return found


def in_detail(
    target: Point, sources: Mapping[UUID, tuple[Point, str]], at: datetime
) -> dict[UUID, float]:
    """Return the seconds of a few units with turns and lights counted: one question a mode.

    All or nothing, as what is counted in two ways can't be ranked: empty where there is no graph
    for it, or one of the points lies off it. A unit without a way there is left out.
    """
    found: dict[UUID, float] = {}
    for mode, points in _by_mode(sources).items():
        try:
            seconds = detailed_seconds_to(target, list(points.values()), mode, at)
        except (Refused, RuntimeError, OSError):
            return {}
        found |= {key: told for key, told in zip(points, seconds, strict=True) if told is not None}
    return found


def _by_mode(sources: Mapping[UUID, tuple[Point, str]]) -> dict[Mode, dict[UUID, Point]]:
    found: defaultdict[Mode, dict[UUID, Point]] = defaultdict(dict)
    for key, (point, mode) in sources.items():
        found[Mode(mode)][key] = point
    return found


def _seconds(
    target: Point, points: Sequence[Point], mode: Mode, at: datetime
) -> list[tuple[float | None, str]]:
    if store.current() is None:
        return [(seconds, "line") for seconds in by_line(target, points, mode)]
    on_roads = seconds_to(target, points, mode, at)
    if all(seconds is None for seconds in on_roads):
        # The place itself lies off the map: better a line than nobody.
        return [(seconds, "line") for seconds in by_line(target, points, mode)]
    return [(seconds, "none" if seconds is None else "road") for seconds in on_roads]


def by_line(target: Point, points: Sequence[Point], mode: Mode) -> list[float]:
    """Return the seconds along straight lines with the usual detour of streets."""
    here, there = np.radians(np.asarray(points, float).reshape(-1, 2)), np.radians(target)
    east = (here[:, 0] - there[0]) * np.cos((here[:, 1] + there[1]) / 2)
    metres = EARTH * np.hypot(east, here[:, 1] - there[1])
    return [float(one) for one in np.round(metres * DETOUR / SPEEDS[mode], 1)]
