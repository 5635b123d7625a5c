"""Buildings and places: where the belief is high, no chance told twice, shared and not sent to twice."""

from datetime import timedelta

import numpy as np
import pytest

from linli.accounts.scope import acting
from linli.kernel.errors import Stale
from linli.missing.actions.walk import give_streets_back, say_streets, take_place
from linli.missing.models import Search, Walk
from linli.missing.queries.ground import ground_of
from linli.missing.queries.page import newest
from linli.missing.queries.places import places_near
from linli.missing.queries.walks import AGAIN, PlaceRow, places_to_look
from linli.missing.tests.party import SOUTH, STEP, WEST, Party, make_place
from linli.roads.models import Place
from tests.cast import TUESDAY

VERSION = "20260310T020000-aaaaaaaa"
MINUTE = timedelta(minutes=1)


def on_map(name: str, east: float, north: float, kind: str = "poi") -> None:
    """Put a place on the map, so many blocks from its corner."""
    address = f"{name}号" if kind == "address" else ""
    Place.objects.create(
        version=VERSION, kind=kind, name="" if kind == "address" else name, address=address,
        longitude=WEST + east * STEP, latitude=SOUTH + north * STEP, folded=name, pairs=[],
    )  # fmt: skip


def proposed(party: Party, search: Search, at: object = TUESDAY) -> list[PlaceRow]:
    """Return what the page proposes."""
    with acting(party.desk.cast.actor("patrol")):
        return places_to_look(search, newest(search), at)  # type: ignore[arg-type]


def test_places_where_the_belief_is_high_and_neighbours_are_one_errand(party: Party) -> None:
    on_map("示例超市", 2, 2)
    on_map("示例药店", 2.1, 2)
    on_map("街坊路1", 2.1, 2.05, "address")
    on_map("没有这里的地图", 40, 40)
    on_map("一条街", 3, 2, "street")
    make_place("market", "示例市场", latitude=SOUTH + 4 * STEP, longitude=WEST + 2 * STEP)
    ground = ground_of(party.reported())
    assert ground is not None
    count = len(ground.streets.length)
    even = places_near(ground, np.full(count, 1 / count))
    # Crossings have as much of it as each other: a stable order, the premises first.
    assert [(row[0], row[1]) for row in even] == [
        ("示例市场", 1), ("示例超市、示例药店、街坊路1号", 3),
    ]  # fmt: skip
    assert 0 < sum(float(str(row[4])) for row in even) < 0.2
    # All of it on one street, and nothing known there.
    far = np.zeros(count)
    far[ground.streets.nearest(*ground.streets.metres(WEST, SOUTH)).stretch] = 1.0
    assert places_near(ground, far) == []


def test_how_many_more_there_are_is_counted_and_not_read_from_names(party: Party) -> None:
    for number, name in enumerate(("示例超市、粮油店", "示例药店", "示例饭馆", "示例茶馆")):
        on_map(name, 2 + number / 50, 2)
    (place,) = proposed(party, party.opened())
    assert place.more == 1


def test_one_goes_and_nobody_is_sent_after_them(party: Party) -> None:
    on_map("示例超市", 2, 2)
    search = party.opened()
    walk = party.act("patrol", take_place, search.id, 0)
    assert walk.names == "示例超市"
    assert proposed(party, search) == []
    with pytest.raises(Stale):
        party.act("grid_worker", take_place, search.id, 0)
    party.act("patrol", give_streets_back, walk.id)
    assert len(proposed(party, search)) == 1
    walk = party.act("grid_worker", take_place, search.id, 0)
    party.act("grid_worker", say_streets, walk.id, "not_seen", at=TUESDAY + MINUTE)
    # Looked through a place: no street that leads away from it is cleared by that.
    assert Walk.objects.get().streets == []
    assert proposed(party, search, TUESDAY + 2 * MINUTE) == []
    assert len(proposed(party, search, TUESDAY + 2 * MINUTE + AGAIN)) == 1


def test_a_sighting_at_a_place_draws_the_belief_there(party: Party) -> None:
    on_map("示例超市", 2, 2)
    search = party.opened()
    before = newest(search)
    walk = party.act("patrol", take_place, search.id, 0)
    party.act("patrol", say_streets, walk.id, "seen", at=TUESDAY + MINUTE)
    after = newest(search)
    assert before is not None
    assert after is not None
    assert after.spread < before.spread


def test_what_was_read_is_what_is_taken(party: Party) -> None:
    on_map("示例超市", 2, 2)
    search = party.opened()
    read = newest(search)
    assert read is not None
    Place.objects.all().delete()
    on_map("示例市场", 2.5, 3)
    walk = party.act("patrol", take_place, search.id, 0, belief=read.pk)
    assert walk.names == "示例超市"
    with pytest.raises(Stale):
        party.act("grid_worker", take_place, search.id, 0, belief=read.pk + 999)
