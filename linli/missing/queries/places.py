"""Buildings and places to look through: those the map or the city knows where the belief is high.

A place counts with the chance of the streets around it. Neighbours are one errand, so that no chance
is told twice.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.spatial import KDTree

from linli.kernel.row_security import unscoped
from linli.missing.planning.streets import Floats, Ints, Streets
from linli.missing.queries.ground import Ground
from linli.premises.models import Premises
from linli.roads.models import Place, PlaceKind

# Metres: whoever looks through a place looks so far around; places so near are one errand.
AROUND, TOGETHER = 80.0, 60.0
# How many errands, the least chance of one, and how many names one is called by.
MOST, LEAST, NAMED = 12, 0.004, 3
# A place whose streets mostly belong to an errand before it is none of its own.
OWN = 0.6
# Streets that together hold so much of the belief are looked at, and so many places beside them.
SHARE, MOST_PLACES = 0.9, 20_000
# Houses without a name come after what people know by one.
_ORDER = (PlaceKind.POI, PlaceKind.BUILDING, PlaceKind.ADDRESS)

type Row = list[object]
# Name, longitude, latitude, whether it is a house known by its address alone.
type Known = tuple[str, float, float, bool]


@dataclass(slots=True)
class _Errand:
    first: int
    chance: float
    points: Ints
    names: list[str] = field(default_factory=list)


def places_near(ground: Ground, heat: Floats) -> list[Row]:
    """Return rows of names, how many, longitude, latitude and chance; the likeliest first.

    ``heat`` is the chance for each stretch.
    """
    spots, weight = _hot(ground, heat)
    known = _known(ground, spots) if len(spots) else []
    if not known:
        return []
    where = np.asarray([ground.streets.metres(x, y) for _name, x, y, _plain in known])
    near = KDTree(spots).query_ball_point(where, AROUND)
    chance = np.asarray([weight[points].sum() if points else 0.0 for points in near])
    used = np.zeros(len(spots), bool)
    errands: list[_Errand] = []
    # Of equal ones the named before the plain: the list is in that order, and the sort is stable.
    for number in np.argsort(-chance.round(6), kind="stable"):
        if chance[number] < LEAST:
            break
        points = np.asarray(near[number], np.int64)
        own = float(weight[points[~used[points]]].sum())
        if own >= max(OWN * float(chance[number]), LEAST) and len(errands) < MOST:
            errands.append(_Errand(int(number), own, points))
            used[points] = True
    _name(errands, known, where)
    errands.sort(key=lambda one: -one.chance)
    return [_row(one, known) for one in errands]


def _hot(ground: Ground, heat: Floats) -> tuple[Floats, Floats]:
    """Return the points of the likely streets: where, and their part of the chance."""
    places, stretch, _along = ground.streets.points
    order = np.argsort(-heat, kind="stable")
    held = np.cumsum(heat[order])
    likely = np.zeros(len(heat), bool)
    likely[order[: int(np.searchsorted(held, SHARE * held[-1])) + 1]] = True
    likely &= heat > 0.0
    chosen = np.flatnonzero(likely[stretch])
    count = np.bincount(stretch, minlength=len(heat))
    return places[chosen], heat[stretch[chosen]] / count[stretch[chosen]]


def _known(ground: Ground, spots: Floats) -> list[Known]:
    """Return what the map and the city know around the likely streets."""
    low, high = spots.min(axis=0) - AROUND, spots.max(axis=0) + AROUND
    west, south = ground.streets.degrees(*low)
    east, north = ground.streets.degrees(*high)
    box = {"longitude__range": (west, east), "latitude__range": (south, north)}
    on_map = Place.objects.filter(version=ground.version, kind__in=_ORDER, **box)
    rows = on_map.values_list("kind", "name", "address", "longitude", "latitude").order_by("id")
    with unscoped():
        kept = Premises.objects.filter(closed_on=None, **box).order_by("id")
        found: list[Known] = [
            (name, x, y, False)
            for name, x, y in kept.values_list("name", "longitude", "latitude")
            if x is not None and y is not None
        ]
    found += [
        (name or address, x, y, kind == PlaceKind.ADDRESS)
        for kind, name, address, x, y in rows[:MOST_PLACES]
    ]
    return sorted(found, key=lambda one: one[3])


def _name(errands: Collection[_Errand], known: Sequence[Known], where: Floats) -> None:
    """Give each errand the names of what stands together there, the known ones first."""
    tree = KDTree(where)
    for errand in errands:
        together = sorted(tree.query_ball_point(where[errand.first], TOGETHER))
        errand.names = [name for name in Counter(known[one][0] for one in together) if name]


def _row(errand: _Errand, known: Sequence[Known]) -> Row:
    _first, longitude, latitude, _plain = known[errand.first]
    names = "、".join(errand.names[:NAMED])
    place = (round(longitude, 6), round(latitude, 6))
    return [names, len(errand.names), *place, round(errand.chance, 4)]


def streets_around(
    streets: Streets, longitude: float, latitude: float, reach: float = AROUND
) -> tuple[list[int], list[int]]:
    """Return the numbers of the streets near a place, and of those that lie there for the most part."""
    _places, stretch, _along = streets.points
    points = streets.within(*streets.metres(longitude, latitude), reach)
    counts = Counter(stretch[points].tolist())
    whole = np.bincount(stretch)
    number = streets.number
    return (
        sorted(int(number[one]) for one in counts),
        sorted(int(number[one]) for one, count in counts.items() if 2 * count >= whole[one]),
    )
