"""Where a caller is: premises, areas and the map's places by the words a dispatcher types."""

from dataclasses import dataclass

from linli.accounts.actor import Actor
from linli.alarms.policy import answering_areas
from linli.areas.locating import lowest_at
from linli.areas.queries import search
from linli.premises.models import Premises
from linli.premises.policy import visible_to as premises_visible_to
from linli.roads.queries import find_places

OFFERED = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Something that has the words in its name. ``area`` is empty where only a point is known."""

    name: str
    detail: str
    area: str = ""
    premises: str = ""
    longitude: float | None = None
    latitude: float | None = None


def find_spots(actor: Actor, words: str, *, most: int = OFFERED) -> list[Place]:
    """Return what the words may mean within the actor's areas: premises, then areas, then the map."""
    words = words.replace("\0", "").strip()[:60]
    if not words:
        return []
    found = [*_premises(actor, words, most), *_areas(actor, words, most), *_map(words, most)]
    exact = [one for one in found if one.name == words]
    return [*exact, *(one for one in found if one.name != words)][:most]


def area_of(actor: Actor, spot: Place | None) -> str:
    """Return the area a place lies in: its own, that of its point, else the actor's own."""
    own = answering_areas(actor)[0]
    if spot is None:
        return own
    if spot.area:
        return spot.area
    if spot.longitude is not None and spot.latitude is not None:
        found = lowest_at(own[:4], spot.longitude, spot.latitude)
        if found is not None:
            return found.code
    return own


def _premises(actor: Actor, words: str, most: int) -> list[Place]:
    rows = Premises.objects.filter(
        premises_visible_to(actor), name__icontains=words, closed_on=None
    ).order_by("name", "id")
    fields = ("id", "name", "address", "area_id", "area__name", "longitude", "latitude")
    return [
        Place(name, " · ".join(filter(None, [area_name, address])), area, str(pk), x, y)
        for pk, name, address, area, area_name, x, y in rows.values_list(*fields)[:most]
    ]


def _areas(actor: Actor, words: str, most: int) -> list[Place]:
    return [
        Place(one.name, one.path, one.code, "", *(one.point or (None, None)))
        for one in search(words, answering_areas(actor), most)
    ]


def _map(words: str, most: int) -> list[Place]:
    return [
        Place(one.name, one.address, "", "", *one.point) for one in find_places(words, most=most)
    ]
