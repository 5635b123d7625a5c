"""Devices: silence, faults with names, tests with the time of arrival."""

from datetime import date, timedelta

import pytest

from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.premises.actions.add_device import DeviceData, add_device, change_device, retire_device
from linli.premises.actions.faults import mend_device, record_fault
from linli.premises.actions.find_silent import find_silent
from linli.premises.actions.record_heartbeat import record_heartbeat
from linli.premises.actions.record_test import record_test
from linli.premises.models import AlarmTest, Event
from linli.premises.tests.town import Town
from tests.cast import TUESDAY

SENT, ARRIVED = TUESDAY - timedelta(minutes=2), TUESDAY - timedelta(minutes=2, seconds=-7)


def test_three_intervals_of_silence_are_offline_until_it_is_heard_again(town: Town) -> None:
    device = town.device()
    never = town.device(interval_seconds=0)
    assert find_silent(at=TUESDAY + timedelta(seconds=180)) == 0
    later = TUESDAY + timedelta(seconds=181)
    assert find_silent(at=later) == 1
    record_heartbeat(device.id, later)
    for one in (device, never):
        one.refresh_from_db()
        assert one.state == "online"
    told = Event.objects.filter(device=device).order_by("at", "id")
    assert [event.what for event in told] == ["offline", "online"]


def test_a_fault_is_named_and_mended(town: Town) -> None:
    device = town.device(town.place())
    with pytest.raises(Invalid):
        town.act("village_director", record_fault, device.id, fault=" ")
    town.act("village_director", record_fault, device.id, fault="按键失灵")
    device.refresh_from_db()
    assert (device.state, device.fault) == ("fault", "按键失灵")
    town.act("village_director", mend_device, device.id)
    device.refresh_from_db()
    assert (device.state, device.fault) == ("online", "")
    with pytest.raises(IllegalMove):
        town.act("village_director", mend_device, device.id)


def test_a_test_that_arrived_sets_the_next(town: Town) -> None:
    device = town.device(town.place(), test_due=date(2026, 3, 1), state="unconnected")
    town.act("village_director", record_test, device.id, sent_at=SENT, arrived_at=ARRIVED)
    device.refresh_from_db()
    assert (device.tested_on, device.test_due) == (date(2026, 3, 10), date(2026, 4, 10))
    assert device.state == "online"
    test = AlarmTest.objects.get()
    assert test.arrived_at == ARRIVED


def test_a_test_that_never_arrived_is_a_fault_and_stays_due(town: Town) -> None:
    device = town.device(town.place(), test_due=date(2026, 3, 1))
    town.act("village_director", record_test, device.id, sent_at=SENT, arrived_at=None)
    device.refresh_from_db()
    assert (device.state, device.test_due) == ("fault", date(2026, 3, 1))


def test_times_that_cannot_be_are_refused(town: Town) -> None:
    device = town.device(town.place())
    for sent, arrived in ((ARRIVED, SENT), (TUESDAY + timedelta(hours=1), None)):
        with pytest.raises(Invalid):
            town.act("village_director", record_test, device.id, sent_at=sent, arrived_at=arrived)
    sensor = town.device(town.place(name="另一家"), kind="sensor", senses="smoke")
    with pytest.raises(IllegalMove):
        town.act("village_director", record_test, sensor.id, sent_at=SENT, arrived_at=ARRIVED)


def test_who_keeps_devices_adds_them(town: Town) -> None:
    place = town.place()
    data = DeviceData(kind="one_key_alarm", name="门卫室报警", premises=place.id, spot="guard_room")
    with pytest.raises(NotPermitted):
        town.act("clerk", add_device, data)
    device = town.act("administrator", add_device, data)
    assert (device.state, device.test_due) == ("unconnected", date(2026, 4, 10))
    moved = DeviceData(kind="sensor", name="烟感", premises=place.id, senses="smoke", serial="S1")
    town.act("administrator", change_device, device.id, moved)
    with pytest.raises(Invalid):
        town.act(
            "administrator", add_device, DeviceData(kind="sensor", name="x", premises=place.id)
        )
    with pytest.raises(Invalid) as refusal:
        town.act("administrator", add_device, moved)
    assert set(refusal.value.fields) == {"serial"}
    town.act("administrator", retire_device, device.id)
    assert not record_heartbeat(device.id, TUESDAY)
