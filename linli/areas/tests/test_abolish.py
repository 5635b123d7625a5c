"""Abolish and merge: history stays, units close, cases go on."""

import pytest

from linli.accounts.scope import acting
from linli.areas.actions.abolish_area import abolish_area
from linli.areas.models import Area, AreaChange, Unit
from linli.areas.queries import area as find_area
from linli.audit.models import Entry
from linli.cases.actions.assign import assign_case
from linli.cases.models import Case
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from tests.cast import (
    BEIJING_ROAD,
    GRID,
    LONGMENLI,
    NEIGHBOUR_VILLAGE,
    TUESDAY,
    Cast,
    make_case,
    make_cast,
    unit_id,
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def assigned_case(cast: Cast) -> Case:
    clerk = cast.actor("clerk")
    case = make_case(cast)
    with acting(clerk):
        assign_case(case.id, actor=clerk, at=TUESDAY)
    return case


def test_a_merged_village_leaves_its_cases_to_its_successor(cast: Cast) -> None:
    case = assigned_case(cast)
    admin = cast.actor("administrator")
    with acting(admin):
        abolish_area(
            LONGMENLI,
            successor=NEIGHBOUR_VILLAGE,
            actor=admin,
            at=TUESDAY,
            source="金区发〔2026〕1号",
        )
    village = Area.objects.get(pk=LONGMENLI)
    assert village.abolished_on is not None
    assert village.successor_id == NEIGHBOUR_VILLAGE
    assert Area.objects.get(pk=GRID).abolished_on is not None
    case.refresh_from_db()
    assert case.holder_id == unit_id(cast, NEIGHBOUR_VILLAGE)
    assert case.area_id == LONGMENLI
    assert not Unit.objects.filter(area__in=[LONGMENLI, GRID], closed_on=None).exists()
    kinds = AreaChange.objects.order_by("area").values_list("area_id", "kind", "after")
    assert list(kinds) == [(LONGMENLI, "merged", "金冶里社区"), (GRID, "abolished", "")]
    assert Entry.objects.get(event="area.abolish").object_id == LONGMENLI
    with pytest.raises(Invalid):
        find_area(LONGMENLI)


def test_an_abolished_village_leaves_its_cases_to_the_post_above(cast: Cast) -> None:
    case = assigned_case(cast)
    admin = cast.actor("administrator")
    with acting(admin):
        abolish_area(LONGMENLI, actor=admin, at=TUESDAY)
    case.refresh_from_db()
    assert case.holder_id == unit_id(cast, BEIJING_ROAD)


def test_the_top_can_not_go_while_nobody_could_take_its_cases(cast: Cast) -> None:
    make_case(cast)
    admin = cast.actor("administrator")
    with acting(admin), pytest.raises(Invalid):
        abolish_area("6203", actor=admin, at=TUESDAY)
    assert Area.objects.get(pk="6203").abolished_on is None


@pytest.mark.parametrize("successor", [LONGMENLI, GRID, BEIJING_ROAD, "620399999999"])
def test_the_successor_is_another_living_area_of_the_level(cast: Cast, successor: str) -> None:
    admin = cast.actor("administrator")
    with acting(admin), pytest.raises(Invalid):
        abolish_area(LONGMENLI, successor=successor, actor=admin, at=TUESDAY)


@pytest.mark.parametrize("name", ["director", "city_director", "village_director", "auditor"])
def test_only_an_administrator_abolishes(cast: Cast, name: str) -> None:
    actor = cast.actor(name)
    with acting(actor), pytest.raises(NotPermitted):
        abolish_area(LONGMENLI, actor=actor, at=TUESDAY)


def test_what_is_gone_is_not_found(cast: Cast) -> None:
    admin = cast.actor("administrator")
    with acting(admin):
        abolish_area(LONGMENLI, actor=admin, at=TUESDAY)
        with pytest.raises(NotFound):
            abolish_area(LONGMENLI, actor=admin, at=TUESDAY)
