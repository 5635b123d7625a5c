"""What people walk: parts of streets and places that are proposed, and who is where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.kernel.earth import apart
from linli.missing.lifecycle import STREET_LEASE
from linli.missing.models import Belief, Search, Walk
from linli.missing.queries.places import NAMED
from linli.roads import store
from linli.roads.network import network_in

# A place where nobody was met is proposed again after so long: people come and go.
AGAIN = timedelta(hours=1)
# Metres within which two errands are the same.
SAME = 60.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class PartRow:
    """Streets to walk: their number in the plan, names, metres and chance."""

    number: int
    names: str
    metres: int
    percent: float


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place to look through: its number in the plan, its letter on the map, names and chance.

    ``more`` is how many stand there beside those that are named.
    """

    number: int
    letter: str
    names: str
    more: int
    longitude: float
    latitude: float
    percent: float


def parts_to_walk(search: Search, belief: Belief | None, at: datetime) -> list[PartRow]:
    """Return the proposed parts that nobody is walking."""
    if belief is None:
        return []
    busy = {street for walk in under_way(search, at) for street in walk.streets}
    return [
        PartRow(number, names_of(belief, streets), metres, round(chance * 100, 1))
        for number, (streets, chance, metres) in enumerate(belief.parts)
        if not busy & set(streets)
    ]


def places_to_look(search: Search, belief: Belief | None, at: datetime) -> list[PlaceRow]:
    """Return the proposed places where nobody is or has just been."""
    if belief is None:
        return []
    busy = errands(search, at)
    return [
        PlaceRow(
            number, LETTERS[number % 26], names, max(count - NAMED, 0), longitude, latitude,
            round(chance * 100, 1),
        )
        for number, (names, count, longitude, latitude, chance) in enumerate(belief.places)
        if not any(is_same(one, longitude, latitude) for one in busy)
    ]  # fmt: skip


def under_way(search: Search, at: datetime) -> Sequence[Walk]:
    """Return what somebody has taken and not said yet, streets and places, the earliest first."""
    return list(
        Walk.objects.filter(search=search, said_at=None, taken_at__gt=at - STREET_LEASE)
        .select_related("by")
        .order_by("taken_at")
    )


def errands(search: Search, at: datetime) -> Sequence[Walk]:
    """Return the places where somebody is, or was a short while ago."""
    places = Walk.objects.filter(search=search, longitude__isnull=False)
    going = places.filter(said_at=None, taken_at__gt=at - STREET_LEASE)
    return list(going | places.filter(said_at__gt=at - AGAIN))


def is_same(walk: Walk, longitude: float, latitude: float) -> bool:
    """Say whether an errand leads to a place."""
    there = (walk.longitude or 0.0, walk.latitude or 0.0)
    return apart((longitude, latitude), there) <= SAME


def names_of(belief: Belief, streets: Sequence[int]) -> str:
    """Return the names of the streets of a part, each once."""
    version = store.version_named(belief.map_version)
    if version is None:
        return ""
    network = network_in(version.directory)
    found = dict.fromkeys(filter(None, (network.name_of(street) for street in streets)))
    return "、".join(list(found)[:6])
