"""The streets of a patrol area on the map in use, what is promised of them and what is owed."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.db.models import Sum
from shapely.geometry import shape

from linli.patrol.models import PatrolArea, Route, Seen, StreetPromise
from linli.patrol.rounds.ground import Ground, ground_of
from linli.roads.modes import Mode
from linli.roads.network import network_in
from linli.roads.queries import map_in_use

# Promises are for a week.
WEEK = timedelta(days=7)


def ground_for(area: PatrolArea, mode: Mode) -> Ground | None:
    """Return the area's streets on the map in use; raises ``NoMap``."""
    return _ground(map_in_use().directory, json.dumps(area.boundary, sort_keys=True), mode)


@lru_cache(maxsize=64)
def _ground(directory: Path, boundary: str, mode: Mode) -> Ground | None:
    return ground_of(network_in(directory), shape(json.loads(boundary)), mode)


def promised(area: PatrolArea, ground: Ground) -> dict[int, int]:
    """Return how often a week each stretch of a named street inside is to be seen."""
    own = dict(StreetPromise.objects.filter(patrol_area=area).values_list("street", "per_week"))
    found = {}
    for edge, name in enumerate(ground.names):
        if name and ground.inside[edge]:
            found[int(ground.stretch[edge])] = own.get(name, area.per_week)
    return found


def seen_times(area: PatrolArea, version: str, first: date, last: date) -> dict[int, int]:
    """Return how often each stretch of a map was seen from ``first`` to ``last``."""
    rows = Seen.objects.filter(patrol_area=area, map=version, date__range=(first, last))
    return dict(rows.values("stretch").annotate(all=Sum("times")).values_list("stretch", "all"))


def owed(area: PatrolArea, ground: Ground, day: date) -> dict[int, float]:
    """Return for each promised stretch how many visits a week are still open on ``day``.

    What routes have planned and no track has told of yet counts as seen, so that two shifts of a
    night do not both go to the same street.
    """
    version, first = map_in_use().name, day - WEEK
    wanted = {key: float(times) for key, times in promised(area, ground).items() if times}
    counts: defaultdict[int, float] = defaultdict(float)
    for stretch, times in seen_times(area, version, first, day).items():
        counts[stretch] += times
    for planned in _planned(area, version, first, day):
        for stretch in planned:
            counts[stretch] += 1
    return {stretch: times - counts[stretch] for stretch, times in wanted.items()}


def _planned(area: PatrolArea, version: str, first: date, day: date) -> Iterable[set[int]]:
    rows = Route.objects.filter(
        patrol_area=area, map=version, shift__scored_at=None, shift__date__range=(first, day)
    )
    for stretches in rows.values_list("stretches", flat=True):
        yield {stretch for stretch, _minute in stretches}
