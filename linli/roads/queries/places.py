"""Finding a place or an address by its name."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from linli.roads import store
from linli.roads.build.naming import folded, pairs
from linli.roads.models import Place, PlaceKind
from linli.roads.network import Point

MOST = 20
_ORDER = (
    PlaceKind.PLACE, PlaceKind.STREET, PlaceKind.POI, PlaceKind.BUILDING, PlaceKind.ADDRESS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A place that was found: its kind (a value of ``PlaceKind``), names and where it is (WGS-84)."""

    kind: str
    name: str
    address: str
    point: Point


def find_places(words: str, *, most: int = MOST) -> list[Found]:
    """Return the places whose name or address holds ``words``: the exact, the near and the short first.

    Spaces, width and capitals do not matter. Empty where no map was imported.
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
    ).order_by("near", "order", Length("folded"), "folded", "id")  # fmt: skip
    columns = ranked.values_list("kind", "name", "address", "longitude", "latitude")[:most]
    return [Found(kind, name, address, (x, y)) for kind, name, address, x, y in columns]


def _holding(asked: str, version: str) -> QuerySet[Place]:
    rows = Place.objects.filter(version=version)
    if len(asked) == 1:  # a pair is the least the index knows; one character begins a name
        return rows.filter(folded__startswith=asked)
    return rows.filter(pairs__contains=pairs(asked), folded__contains=asked)
