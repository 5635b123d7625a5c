"""Roads that are closed at a moment, and the stretches of the network that this shuts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import numpy as np
import shapely
from django.db.models import Q, QuerySet
from shapely.geometry import shape

from linli.roads.models import Closure
from linli.roads.modes import Mode
from linli.roads.network import Point, Stretches, network_in

# Pieces begin at most this far (degrees) outside of what they run into.
MARGIN = 0.002


@dataclass(frozen=True, slots=True)
class Shut:
    """A closed place: whose closure it is, and the ring around it (WGS-84)."""

    id: UUID
    ring: tuple[Point, ...]


def closures(at: datetime) -> QuerySet[Closure]:
    """Return what is closed at a moment, what opens soonest first."""
    return Closure.objects.filter(since__lte=at, until__gt=at).order_by("until", "id")


def coming_closures(at: datetime) -> QuerySet[Closure]:
    """Return what is closed now or will be, in its order."""
    return Closure.objects.filter(Q(until__gt=at)).order_by("since", "id")


def shut_for(mode: Mode, at: datetime) -> tuple[Shut, ...]:
    """Return the places a mode does not get through at a moment."""
    rows = closures(at).filter(modes__contains=[mode.value]).values_list("id", "shape")
    return tuple(
        Shut(key, tuple((x, y) for x, y in found["coordinates"][0])) for key, found in rows
    )


def stretches_shut(directory: Path, shut: Iterable[Shut]) -> Stretches:
    """Return the stretches of a map's network that lead into or through the closed places."""
    return frozenset().union(*(_stretches(directory, one) for one in shut))


@lru_cache(maxsize=512)
def _stretches(directory: Path, shut: Shut) -> Stretches:
    network = network_in(directory)
    around = shape({"type": "Polygon", "coordinates": [shut.ring]})
    west, south, east, north = around.bounds
    longitude, latitude = network.piece_longitude, network.piece_latitude
    near = np.flatnonzero(
        (longitude > west - MARGIN) & (longitude < east + MARGIN)
        & (latitude > south - MARGIN) & (latitude < north + MARGIN)
    )  # fmt: skip
    stretch = network.piece_stretch[near]
    # A piece may begin outside and another end inside: each is asked with both its ends.
    after = np.minimum(near + 1, network.piece_first[stretch + 1] - 1)
    before = np.maximum(near - 1, network.piece_first[stretch])
    touched = np.zeros(len(near), bool)
    shapely.prepare(around)
    for other in (before, after):
        ends = np.stack((near, other), axis=1)
        lines = shapely.linestrings(np.stack((longitude[ends], latitude[ends]), axis=2))
        touched |= shapely.intersects(around, lines)
    return frozenset(stretch[touched].tolist())
