"""Finding a place or an address by its name."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, radians, sin

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Length
from scipy.spatial import KDTree

from linli.kernel.earth import EARTH
from linli.roads import store
from linli.roads.build.naming import folded, pairs
from linli.roads.models import Place, PlaceKind
from linli.roads.network import Point

MOST = 20
# A settlement further away, in metres, says nothing of a place.
FARTHEST = 10_000.0
_ORDER = (
    PlaceKind.PLACE, PlaceKind.STREET, PlaceKind.POI, PlaceKind.BUILDING, PlaceKind.ADDRESS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A place that was found: its kind (a value of ``PlaceKind``), names and where it is (WGS-84).

    ``town`` is the nearest settlement, which tells streets of one name apart; empty where none is near.
    """

    kind: str
    name: str
    address: str
    point: Point
    town: str = ""


def find_places(words: str, *, most: int = MOST, close_to: Point | None = None) -> list[Found]:
    """Return the places whose name or address holds ``words``: the exact, the like and the short first.

    Of the same name those nearest to ``close_to`` come first. Spaces, width and capitals do not
    matter. Empty where no map was imported.
    """
    asked, version = folded(words), store.current()
    if not asked or version is None:
        return []
    rows = _holding(asked, version.name)
    ranked = rows.annotate(
        near=Case(
            When(folded=asked, then=Value(0)), When(folded__startswith=asked, then=Value(1)),
            default=Value(2), output_field=IntegerField(),
        ),
        order=Case(
            *(When(kind=kind, then=Value(number)) for number, kind in enumerate(_ORDER)),
            output_field=IntegerField(),
        ),
    ).order_by("near", "order", Length("folded"), "folded", *_by_distance(close_to), "id")  # fmt: skip
    columns = ranked.values_list("kind", "name", "address", "longitude", "latitude")[:most]
    found = [Found(kind, name, address, (x, y)) for kind, name, address, x, y in columns]
    return _with_towns(found, version.name)


def _by_distance(close_to: Point | None) -> list[CombinedExpression]:
    if close_to is None:
        return []
    longitude, latitude = close_to
    east = (F("longitude") - longitude) * cos(radians(latitude))
    north = F("latitude") - latitude
    return [east * east + north * north]


def _with_towns(found: list[Found], version: str) -> list[Found]:
    names, tree = _settlements(version) if found else ([], None)
    if tree is None:
        return found
    steps, nearest = tree.query([_in_space(one.point) for one in found])
    return [
        replace(one, town=names[at]) if step <= FARTHEST and names[at] != one.name else one
        for one, step, at in zip(found, steps.tolist(), nearest.tolist(), strict=True)
    ]


@lru_cache(maxsize=2)
def _settlements(version: str) -> tuple[list[str], KDTree | None]:
    """Return the settlements of a map, which never changes: their names, and a tree of where they are."""
    rows = Place.objects.filter(version=version, kind=PlaceKind.PLACE).order_by("id")
    known = list(rows.values_list("name", "longitude", "latitude"))
    if not known:
        return [], None
    return [row[0] for row in known], KDTree([_in_space((x, y)) for _name, x, y in known])


def _in_space(point: Point) -> tuple[float, float, float]:
    """Return a point in metres from the earth's middle: within some kilometres chords are distances."""
    east, north = radians(point[0]), radians(point[1])
    return EARTH * cos(north) * cos(east), EARTH * cos(north) * sin(east), EARTH * sin(north)


def _holding(asked: str, version: str) -> QuerySet[Place]:
    rows = Place.objects.filter(version=version)
    if len(asked) == 1:  # a pair is the least the index knows; one character begins a name
        return rows.filter(folded__startswith=asked)
    return rows.filter(pairs__contains=pairs(asked), folded__contains=asked)
