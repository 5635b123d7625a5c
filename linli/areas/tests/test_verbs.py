"""The small verbs: rename, grids, units, rooms and the duty roster; who may, and what is refused."""

from collections.abc import Callable
from datetime import date

import pytest

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.areas.actions.add_grid import add_grid
from linli.areas.actions.change_unit import change_unit
from linli.areas.actions.duty import cancel_duty, plan_duty
from linli.areas.actions.open_unit import UnitData, open_unit
from linli.areas.actions.rename_area import rename_area
from linli.areas.actions.rooms import add_room, remove_room
from linli.areas.models import Area, AreaChange, Duty, Room, Unit
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted, Refused
from tests.cast import BEIJING_ROAD, GRID, LONGMENLI, TUESDAY, Cast, make_cast, unit_id

COURT = UnitData(name="速裁窗口", field="court", attendance="rotating", phone="0935-0000000")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_rename_keeps_the_code_and_the_old_name(cast: Cast) -> None:
    admin = cast.actor("administrator")
    with acting(admin):
        rename_area(LONGMENLI, name=" 龙门社区 ", actor=admin, at=TUESDAY, source="公告")
        with pytest.raises(Invalid):
            rename_area(LONGMENLI, name="龙门社区", actor=admin, at=TUESDAY)
        for name in ("", "  ", "长" * 61):
            with pytest.raises(Invalid):
                rename_area(LONGMENLI, name=name, actor=admin, at=TUESDAY)
    change = AreaChange.objects.get(area=LONGMENLI)
    assert (change.kind, change.before, change.after) == ("renamed", "龙门里社区", "龙门社区")
    assert Entry.objects.get(event="area.rename").object_id == LONGMENLI


def test_grids_are_numbered_below_their_village_and_come_with_a_post(cast: Cast) -> None:
    admin = cast.actor("administrator")
    with acting(admin):
        second = add_grid(LONGMENLI, name="第二网格", actor=admin, at=TUESDAY)
        Area.objects.filter(pk=second.code).update(abolished_on=date(2026, 1, 1))
        third = add_grid(LONGMENLI, name="第三网格", actor=admin, at=TUESDAY)
        with pytest.raises(IllegalMove):
            add_grid(BEIJING_ROAD, name="网格", actor=admin, at=TUESDAY)
    assert (second.code, third.code) == (LONGMENLI + "002", LONGMENLI + "003")
    assert Unit.objects.get(area=third).kind == "grid"
    assert Entry.objects.filter(event="area.add_grid").count() == 2


def test_a_department_opens_and_changes(cast: Cast) -> None:
    admin = cast.actor("administrator")
    with acting(admin):
        unit = open_unit(BEIJING_ROAD, kind="department", data=COURT, actor=admin, at=TUESDAY)
        change_unit(
            unit.id, data=UnitData(name="法庭", attendance="on_call"), actor=admin, at=TUESDAY
        )
    unit.refresh_from_db()
    assert (unit.name, unit.field, unit.attendance, unit.phone) == ("法庭", "", "on_call", "")
    assert [entry.event for entry in Entry.objects.order_by("id")] == ["unit.open", "unit.change"]


@pytest.mark.parametrize(
    ("area", "kind", "data"),
    [
        (BEIJING_ROAD, "centre", UnitData(name="第二个中心")),
        (BEIJING_ROAD, "grid", UnitData(name="网格")),
        (GRID, "department", UnitData(name="科室")),
        ("62", "centre", UnitData(name="省中心")),
        (BEIJING_ROAD, "palace", UnitData(name="宫")),
        (BEIJING_ROAD, "team", UnitData(name="")),
        (BEIJING_ROAD, "team", UnitData(name="队", attendance="never")),
        (BEIJING_ROAD, "team", UnitData(name="队", phone="1" * 31)),
    ],
)
def test_units_that_do_not_open(cast: Cast, area: str, kind: str, data: UnitData) -> None:
    admin = cast.actor("administrator")
    with acting(admin), pytest.raises(Refused):
        open_unit(area, kind=kind, data=data, actor=admin, at=TUESDAY)


def test_rooms_come_and_go(cast: Cast) -> None:
    admin = cast.actor("administrator")
    centre = unit_id(cast, BEIJING_ROAD)
    with acting(admin):
        room = add_room(centre, kind="window", name="1号窗口", actor=admin, at=TUESDAY)
        with pytest.raises(IllegalMove):
            add_room(cast.justice.id, kind="window", name="窗口", actor=admin, at=TUESDAY)
        with pytest.raises(Invalid):
            add_room(centre, kind="cellar", name="地下室", actor=admin, at=TUESDAY)
        remove_room(room.id, actor=admin, at=TUESDAY)
        with pytest.raises(Refused):
            remove_room(room.id, actor=admin, at=TUESDAY)
    assert not Room.objects.exists()
    events = [entry.event for entry in Entry.objects.order_by("id")]
    assert events == ["unit.add_room", "unit.remove_room"]


def test_the_roster_takes_people_of_the_unit_once_a_turn(cast: Cast) -> None:
    admin = cast.actor("administrator")
    centre, clerk = unit_id(cast, BEIJING_ROAD), cast.users["clerk"].id

    def plan(user: object, starts: date, ends: date, shift: str = "day") -> int:
        return plan_duty(
            centre, user=user, starts=starts, ends=ends, shift=shift, actor=admin, at=TUESDAY
        )

    with acting(admin):
        assert plan(clerk, date(2026, 3, 9), date(2026, 3, 11)) == 3
        assert plan(clerk, date(2026, 3, 10), date(2026, 3, 12)) == 1
        for wrong in (
            (cast.users["mediator"].id, date(2026, 3, 9), date(2026, 3, 9)),
            (clerk, date(2026, 3, 9), date(2026, 3, 8)),
            (clerk, date(2026, 3, 9), date(2027, 3, 9)),
            (clerk, date(2026, 3, 9), date(2026, 3, 9), "noon"),
        ):
            with pytest.raises(Invalid):
                plan(*wrong)
        cancel_duty(Duty.objects.earliest("date").id, actor=admin, at=TUESDAY)
    assert Duty.objects.count() == 3
    assert Entry.objects.filter(event="unit.cancel_duty").count() == 1


def _verbs(cast: Cast) -> list[Callable[[Actor], object]]:
    centre, clerk = unit_id(cast, BEIJING_ROAD), cast.users["clerk"].id
    room = Room.objects.create(unit_id=centre, kind="window", name="1号窗口")
    duty = Duty.objects.create(unit_id=centre, user_id=clerk, date=date(2026, 3, 9), shift="day")
    day, data = date(2026, 3, 9), UnitData(name="队")
    return [
        lambda a: rename_area(BEIJING_ROAD, name="新名", actor=a, at=TUESDAY),
        lambda a: add_grid(LONGMENLI, name="网格", actor=a, at=TUESDAY),
        lambda a: open_unit(BEIJING_ROAD, kind="team", data=data, actor=a, at=TUESDAY),
        lambda a: change_unit(centre, data=data, actor=a, at=TUESDAY),
        lambda a: add_room(centre, kind="window", name="窗", actor=a, at=TUESDAY),
        lambda a: remove_room(room.id, actor=a, at=TUESDAY),
        lambda a: plan_duty(
            centre, user=clerk, starts=day, ends=day, shift="night", actor=a, at=TUESDAY
        ),
        lambda a: cancel_duty(duty.id, actor=a, at=TUESDAY),
    ]


def test_no_other_role_may_and_nothing_is_recorded(cast: Cast) -> None:
    verbs = _verbs(cast)
    for name in ("clerk", "director", "county_director", "city_director", "officer", "auditor"):
        actor = cast.actor(name)
        with acting(actor):
            for verb in verbs:
                with pytest.raises(NotPermitted):
                    verb(actor)
    assert not Entry.objects.exists()


def test_an_administrator_beside_it_may_not(cast: Cast) -> None:
    from tests.cast import GUANGZHOU_ROAD, make_user

    cast.users["beside"] = make_user("beside", "administrator", GUANGZHOU_ROAD, None)
    actor = cast.actor("beside")
    with acting(actor):
        for verb in _verbs(cast):
            with pytest.raises(NotPermitted):
                verb(actor)
