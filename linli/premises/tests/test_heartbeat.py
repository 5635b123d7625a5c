"""Heartbeats: one statement, never back in time, and a named fault stays."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.kernel.errors import NotPermitted
from linli.kernel.ids import new_id
from linli.premises.actions.record_heartbeat import record_heartbeat
from linli.premises.actions.secrets import knows_secret, rotate_secret, secrets_of
from linli.premises.models import Device
from linli.premises.tests.town import Town
from tests.cast import TUESDAY

LATER = TUESDAY + timedelta(minutes=5)


def test_a_heartbeat_is_one_statement(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    device = town.device(state="offline")
    with django_assert_num_queries(1):
        assert record_heartbeat(device.id, LATER)
    device.refresh_from_db()
    assert (device.state, device.heard_at) == ("online", LATER)


def test_late_news_turn_nothing_back(town: Town) -> None:
    device = town.device(state="offline")
    record_heartbeat(device.id, TUESDAY - timedelta(hours=1))
    device.refresh_from_db()
    assert (device.state, device.heard_at) == ("offline", TUESDAY)


def test_a_broken_device_may_beat(town: Town) -> None:
    device = town.device(state="fault", fault="按键失灵")
    record_heartbeat(device.id, LATER)
    device.refresh_from_db()
    assert (device.state, device.heard_at) == ("fault", LATER)


def test_nobody_is_heard_who_is_not_there(town: Town) -> None:
    assert not record_heartbeat(new_id(), LATER)
    assert not record_heartbeat(town.device(retired_at=TUESDAY).id, LATER)


def test_a_new_secret_leaves_the_old_one_for_a_week(town: Town) -> None:
    device = town.device()
    first = town.act("director", rotate_secret, device.id, at=TUESDAY)
    second = town.act("director", rotate_secret, device.id, at=TUESDAY)
    device = Device.objects.get(pk=device.id)
    assert first.encode() not in bytes(device.former_secret or b"")
    assert secrets_of(device, LATER) == [second, first]
    assert knows_secret(device, first, LATER)
    assert not knows_secret(device, first, TUESDAY + timedelta(days=7))
    assert knows_secret(device, second, TUESDAY + timedelta(days=7))


def test_a_secret_known_to_strangers_ends_at_once(town: Town) -> None:
    device = town.device()
    first = town.act("director", rotate_secret, device.id)
    town.act("director", rotate_secret, device.id, both_hold=timedelta(0))
    assert not knows_secret(Device.objects.get(pk=device.id), first, TUESDAY)


def test_secrets_are_made_by_who_keeps_the_place(town: Town) -> None:
    with pytest.raises(NotPermitted):
        town.act("clerk", rotate_secret, town.device().id)
