"""An alarm nobody answers goes to the next desk and by phone, each once, whoever keeps the clock."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from linli.alarms.actions.answer import answer_alarm
from linli.alarms.actions.climb import LONGER, MOST_CLIMBS, NEXT_DUE, climb_due
from linli.alarms.models import Alarm, Desk, Event
from linli.alarms.tests.house import House, make_house
from linli.audit.models import Entry
from linli.kernel.clock import Clock, next_moments
from linli.notices.actions.pack import opened
from linli.notices.models import Message, Notice
from tests.cast import BEIJING_ROAD, CITY, COUNTY, TUESDAY, make_cast

SECOND = timedelta(seconds=1)


def next_due() -> datetime | None:
    """Return when the loop of clocks would let the next alarm climb."""
    (moment,) = next_moments([Clock("alarms", climb_due, NEXT_DUE)])
    return moment


def test_it_climbs_desk_by_desk_and_rings_again_at_the_top(house: House) -> None:
    alarm, at = house.alarm(), TUESDAY
    desks = []
    assert climb_due(at=at + 29 * SECOND) == 0
    for _round in range(4):
        at = Alarm.objects.get().due_at or at
        assert climb_due(at=at) == 1
        alarm.refresh_from_db()
        desks.append((alarm.desk, int((alarm.due_at - at).total_seconds()) if alarm.due_at else 0))
    assert desks == [
        (COUNTY, 30), (CITY, 30), (CITY, 30 * LONGER), (CITY, 30 * LONGER),
    ]  # fmt: skip
    assert Event.objects.filter(verb="climb").count() == 4
    assert Entry.objects.filter(event="alarm.climb").count() == 4


def test_it_stops_ringing_by_itself_only_after_many_rounds_and_stays_open(house: House) -> None:
    house.alarm()
    assert next_due() == TUESDAY + 30 * SECOND
    Alarm.objects.update(climbs=MOST_CLIMBS - 1)
    climb_due(at=TUESDAY + 30 * SECOND)
    assert next_due() is None
    assert Alarm.objects.get().state == "ringing"


def test_the_desks_people_are_told_and_its_telephone_is_called(house: House) -> None:
    house.alarm(place="龙门里小学 门卫室")
    climb_due(at=TUESDAY + 30 * SECOND)
    assert [notice.user for notice in Notice.objects.all()] == [
        house.cast.users["county_dispatcher"]
    ]
    notice = Notice.objects.get()
    assert "一键报警 1" in notice.body
    assert "金川区" in notice.body
    assert not Message.objects.filter(channel="voice").exists()  # neither has a telephone
    climb_due(at=TUESDAY + 60 * SECOND)
    call = Message.objects.get(channel="voice")
    assert (call.urgent, opened(call)["to"]) == (True, "0935-0000000")
    assert "龙门里社区，一键报警 1，无人应答" in opened(call)["body"]


def test_many_at_once_are_one_notice_a_desk(house: House) -> None:
    for kind in ("one_key", "fire", "gas"):
        house.signal(kind=kind)
        house.signal(house.dormitory, kind=kind)
    assert climb_due(at=TUESDAY + 31 * SECOND) == 6
    assert Notice.objects.count() == 1
    assert "6 起警情" in Notice.objects.get().subject


def test_what_is_answered_or_a_test_does_not_climb(house: House) -> None:
    alarm = house.alarm()
    house.signal(is_test=True)
    answer_alarm(alarm.id, actor=house.cast.actor("street_dispatcher"), at=TUESDAY)
    assert next_due() is None
    assert climb_due(at=TUESDAY + timedelta(hours=1)) == 0


def test_a_desk_that_is_off_is_passed_over_and_a_set_one_has_its_own_time(house: House) -> None:
    Desk.objects.create(area_id=BEIJING_ROAD, is_on=False)
    Desk.objects.create(area_id=COUNTY, seconds=60)
    alarm = house.alarm()
    assert (alarm.desk, alarm.due_at) == (COUNTY, TUESDAY + 60 * SECOND)


@pytest.mark.django_db(transaction=True)
def test_two_workers_ring_each_alarm_once(tuesday: None) -> None:
    house = make_house(make_cast())
    for number in range(20):
        house.signal(device=house.guard if number % 2 else house.dormitory, is_test=False,
                     kind=["fire", "gas", "water", "help", "medical", "sensor", "accident",
                           "violence", "intrusion", "one_key"][number // 2])  # fmt: skip
    together = threading.Barrier(2)
    done: list[int] = []

    def work() -> None:
        together.wait()
        done.append(climb_due(at=TUESDAY + 31 * SECOND))
        connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 20
    assert set(Alarm.objects.values_list("climbs", flat=True)) == {1}
    assert Event.objects.filter(verb="climb").count() == 20
