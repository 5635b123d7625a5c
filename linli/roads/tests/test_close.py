"""Close and reopen: who may, what is refused, what is written down."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from linli.accounts.actor import Actor, HeldRole
from linli.accounts.models import RoleKind
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.roads.actions.close_road import close_road
from linli.roads.actions.reopen_road import reopen_road
from linli.roads.models import Closure
from linli.roads.queries.closures import closures, coming_closures
from linli.roads.queries.times import NoMap
from linli.roads.tests.conftest import Import
from tests.cast import CITY, TUESDAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[102.1, 38.4], [102.2, 38.4], [102.2, 38.5], [102.1, 38.4]]],
}


def person(kind: str) -> Actor:
    return Actor(None, "P", (HeldRole(kind, CITY, None),))


def close(**changed: Any) -> Closure:
    given: dict[str, Any] = {
        "reason": "管道抢修", "since": TUESDAY, "until": TUESDAY + HOUR, "at": TUESDAY,
        "actor": person(RoleKind.DISPATCHER), "area": SQUARE,
    }  # fmt: skip
    return close_road(**(given | changed))


@pytest.mark.parametrize("kind", list(RoleKind))
def test_who_may_close_and_reopen(kind: str) -> None:
    closure = close()
    if kind in {RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR, RoleKind.ADMINISTRATOR}:
        close(actor=person(kind))
        reopen_road(closure.pk, actor=person(kind), at=TUESDAY)
        return
    with pytest.raises(NotPermitted):
        close(actor=person(kind))
    with pytest.raises(NotPermitted):
        reopen_road(closure.pk, actor=person(kind), at=TUESDAY)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("reason", {"reason": "  "}),
        ("reason", {"reason": "长" * 121}),
        ("until", {"until": TUESDAY}),
        ("until", {"since": TUESDAY - 2 * HOUR, "until": TUESDAY - HOUR}),
        ("until", {"until": TUESDAY.replace(year=9999)}),
        ("until", {"since": TUESDAY.replace(year=1)}),
        ("modes", {"modes": []}),
        ("shape", {"area": None}),
        ("shape", {"point": (102.18, 38.5)}),
        ("shape", {"area": {"type": "Point", "coordinates": [102.1, 38.4]}}),
        ("shape", {"area": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]}}),
        ("shape", {"area": {"type": "Polygon", "coordinates": [[[0, 0], [400, 0], [0, 91], [0, 0]]]}}),
        ("shape", {"area": {"type": "Polygon", "coordinates": "x"}}),
        ("shape", {"area": {}}),
        ("shape", {"area": 7}),
    ],
)  # fmt: skip
def test_what_can_not_be_closed_is_refused_with_its_field(field: str, changed: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        close(**changed)
    assert list(refusal.value.fields) == [field]
    assert not Closure.objects.exists()


def test_a_point_needs_a_map_and_a_road(bring: Import, maps: object) -> None:
    with pytest.raises(NoMap):
        close(area=None, point=(102.18, 38.5))
    bring()
    with pytest.raises(Invalid):
        close(area=None, point=(103.0, 38.5))
    closure = close(area=None, point=(102.185, 38.5003))
    ((ring,), kind) = closure.shape["coordinates"], closure.shape["type"]
    assert kind == "Polygon"
    assert {round(y, 3) for _x, y in ring} == {38.5}, "it lies on the road and not at the point"


def test_a_closure_holds_from_its_beginning_to_its_end() -> None:
    closure = close()
    assert not closures(TUESDAY - timedelta(seconds=1)).exists()
    assert closures(TUESDAY).get() == closure
    assert not closures(TUESDAY + HOUR).exists()
    assert coming_closures(TUESDAY - HOUR).get() == closure


def test_reopening_ends_it_once() -> None:
    closure = close()
    reopen_road(closure.pk, actor=person(RoleKind.DISPATCHER), at=TUESDAY + HOUR / 2)
    assert not closures(TUESDAY + HOUR / 2).exists()
    assert closures(TUESDAY).exists()
    with pytest.raises(IllegalMove):
        reopen_road(closure.pk, actor=person(RoleKind.DISPATCHER), at=TUESDAY + HOUR / 2)
    with pytest.raises(NotFound):
        reopen_road(uuid4(), actor=person(RoleKind.DISPATCHER), at=TUESDAY)


def test_one_that_has_not_begun_never_does() -> None:
    closure = close(since=TUESDAY + HOUR, until=TUESDAY + 2 * HOUR)
    reopen_road(closure.pk, actor=person(RoleKind.DISPATCHER), at=TUESDAY)
    assert not coming_closures(TUESDAY).exists()


def test_both_are_written_down_without_the_reason() -> None:
    closure = close()
    reopen_road(closure.pk, actor=person(RoleKind.DISPATCHER), at=TUESDAY)
    entries = Entry.objects.filter(object_id=str(closure.pk)).order_by("id")
    assert [entry.event for entry in entries] == ["road.close", "road.reopen"]
    assert "管道" not in str([entry.facts for entry in entries])
