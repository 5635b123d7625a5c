"""Shifts, positions and tracks: who may, what is kept, and what is forgotten."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from linli.dispatch.actions.begin_shift import Crew, begin_shift
from linli.dispatch.actions.end_shift import end_due_shifts, end_shift
from linli.dispatch.actions.found_unit import UnitData, change_unit, found_unit, retire_unit
from linli.dispatch.actions.move_up import move_up
from linli.dispatch.actions.place import Fix, place_unit
from linli.dispatch.actions.put_back import put_back
from linli.dispatch.actions.share import start_sharing, stop_sharing
from linli.dispatch.actions.take_out import take_out
from linli.dispatch.actions.thin import KEPT, forget_tracks, thin_tracks
from linli.dispatch.models import DispatchUnit, Sharing, Shift, Spot, TrackPoint
from linli.dispatch.tests.room import Room
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.notices.models import StreamEvent
from tests.cast import BEIJING_ROAD, LONGMENLI, OTHER_VILLAGE

HOURS = timedelta(hours=8)


def fix(at: datetime, east: float = 0.0, **fields: float) -> Fix:
    return Fix(longitude=102.19 + east, latitude=38.52, at=at, **fields)


def test_a_shift_begins_ends_and_runs_out(room: Room) -> None:
    unit, now = room.units["first"].id, timezone.now()
    room.act("first_member", end_shift, unit)
    assert room.unit("first").status == "off_duty"
    with pytest.raises(NotFound):
        room.act("third_leader", begin_shift, unit, until=now + HOURS)
    with pytest.raises(NotPermitted):
        room.act("clerk", begin_shift, unit, until=now + HOURS)
    for until in (now - HOURS, now + timedelta(days=2)):
        with pytest.raises(Invalid):
            room.act("first_leader", begin_shift, unit, until=until)
    room.act("first_leader", begin_shift, unit, until=now + HOURS)
    with pytest.raises(IllegalMove):
        room.act("city_dispatcher", begin_shift, unit, until=now + HOURS)
    assert end_due_shifts(at=now + timedelta(hours=1)) == 0
    room.send(room.incident(), "first")
    assert end_due_shifts(at=now + HOURS) == 0
    assert room.unit("first").status == "assigned"


def test_a_free_unit_goes_off_duty_by_itself(room: Room) -> None:
    unit, now = room.units["first"].id, timezone.now()
    room.act("first_leader", end_shift, unit)
    room.act("first_leader", begin_shift, unit, until=now + HOURS)
    assert end_due_shifts(at=now + HOURS) == 1
    assert room.unit("first").status == "off_duty"
    assert Shift.objects.get(unit=unit).ended_at == now + HOURS


def test_the_skills_of_a_crew_are_the_unit_s_until_its_shift_ends(room: Room) -> None:
    unit, now = room.units["first"].id, timezone.now()
    DispatchUnit.objects.filter(pk=unit).update(status="off_duty")
    crew = Crew([room.cast.users["first_member"].id], ["crowd", "search"])
    room.act("first_leader", begin_shift, unit, until=now + HOURS, crew=crew)
    assert room.unit("first").skills == ["crowd", "search"]
    # What is written down meanwhile is the unit's own.
    DispatchUnit.objects.filter(pk=unit).update(skills=["crowd", "mediation", "search"])
    room.act("first_leader", end_shift, unit)
    assert room.unit("first").skills == ["first_aid", "mediation"]


def test_out_of_service_and_back(room: Room) -> None:
    unit = room.units["first"].id
    with pytest.raises(NotPermitted):
        room.act("first_leader", take_out, unit, why="修车")
    with pytest.raises(Invalid):
        room.act("city_dispatcher", take_out, unit, why=" ")
    room.act("city_dispatcher", take_out, unit, why="修车")
    assert (room.unit("first").status, room.unit("first").why_out) == ("out_of_service", "修车")
    with pytest.raises(IllegalMove):
        room.act("city_dispatcher", move_up, unit, area=LONGMENLI)
    room.act("city_dispatcher", put_back, unit)
    assert room.unit("first").status == "off_duty"


def test_a_unit_waits_where_it_is_bare_until_it_is_sent(room: Room) -> None:
    unit = room.units["third"].id
    room.act("city_dispatcher", move_up, unit, area=BEIJING_ROAD)
    assert room.unit("third").standby_id == BEIJING_ROAD
    room.send(room.incident(), "third")
    assert room.unit("third").standby_id is None


def test_a_phone_tells_its_place_only_when_agreed_and_on_shift(room: Room) -> None:
    unit, now = room.units["first"].id, timezone.now()
    with pytest.raises(IllegalMove):
        room.act("first_member", place_unit, unit, [fix(now)])
    room.act("first_member", start_sharing, unit)
    with pytest.raises(IllegalMove):
        room.act("first_leader", place_unit, unit, [fix(now)])
    room.act("first_member", place_unit, unit, [fix(now, 0.001), fix(now - timedelta(seconds=5))])
    spot = Spot.objects.get(unit=unit)
    assert spot.longitude == pytest.approx(102.191)
    room.act("first_member", place_unit, unit, [fix(now - timedelta(seconds=9), 0.5)])
    assert Spot.objects.get(unit=unit).longitude == pytest.approx(102.191)
    assert TrackPoint.objects.filter(unit=unit).count() == 3
    for wrong in ([], [fix(now + HOURS)], [fix(now - HOURS)], [Fix(999, 0, now)]):
        with pytest.raises(Invalid):
            room.act("first_member", place_unit, unit, wrong)
    room.act("first_member", stop_sharing, unit)
    assert not Spot.objects.filter(unit=unit).exists()
    with pytest.raises(IllegalMove):
        room.act("first_member", place_unit, unit, [fix(now)])


def test_the_end_of_the_shift_ends_the_sharing(room: Room) -> None:
    unit, now = room.units["first"].id, timezone.now()
    room.act("first_member", start_sharing, unit)
    room.act("first_member", place_unit, unit, [fix(now)])
    room.act("first_leader", end_shift, unit)
    assert not Sharing.objects.filter(until=None).exists()
    assert not Spot.objects.exists()
    with pytest.raises(IllegalMove):
        room.act("first_member", start_sharing, unit)


def test_listeners_are_told_once_a_tick(room: Room) -> None:
    unit, now = room.units["first"].id, timezone.now()
    room.act("first_member", start_sharing, unit)
    for tenths in range(10):
        at = now + timedelta(seconds=tenths / 10)
        room.act("first_member", place_unit, unit, [fix(at)], at=at)
    moved = StreamEvent.objects.filter(kind="moved", topic=f"dispatch:{BEIJING_ROAD}")
    assert moved.count() == 2


def test_tracks_are_thinned_after_the_shift_and_gone_after_a_month(room: Room) -> None:
    unit, now = room.units["first"], timezone.now()
    TrackPoint.objects.bulk_create(
        TrackPoint(unit=unit, longitude=102, latitude=38, at=now + timedelta(seconds=second))
        for second in range(180)
    )
    end = now + timedelta(seconds=200)
    Shift.objects.create(unit=unit, starts=now, ends=end, ended_at=end)
    assert thin_tracks(at=end) == 0
    assert thin_tracks(at=end + timedelta(hours=3)) == 1
    assert TrackPoint.objects.count() in (3, 4)
    assert thin_tracks(at=end + timedelta(hours=3)) == 0
    assert forget_tracks(at=now + KEPT) == 0
    assert forget_tracks(at=end + KEPT) in (3, 4)


def test_units_are_founded_and_changed_by_who_keeps_them(room: Room) -> None:
    team = room.cast.justice.id
    data = UnitData(kind="police", name="公安联络", area=BEIJING_ROAD, skills=["mediation"])
    with pytest.raises(NotPermitted):
        room.act("clerk", found_unit, team, data)
    made = room.act("administrator", found_unit, team, data)
    assert (made.shared, made.status) == (True, "off_duty")
    with pytest.raises(Invalid):
        room.act("administrator", found_unit, team, data)
    for wrong in ({"kind": "army"}, {"name": " "}, {"skills": ["aed"]}, {"mode": "rocket"}):
        fields = {"kind": "expert", "name": "专家", "area": BEIJING_ROAD, **wrong}
        with pytest.raises(Invalid):
            room.act("director", change_unit, made.id, UnitData(**fields))
    with pytest.raises(NotPermitted):
        moved = UnitData(kind="police", name="公安联络", area=OTHER_VILLAGE)
        room.act("director", change_unit, made.id, moved)
    room.act("director", retire_unit, made.id)
    assert DispatchUnit.objects.get(pk=made.id).retired_at is not None
    with pytest.raises(NotFound):
        room.act("director", retire_unit, made.id)
