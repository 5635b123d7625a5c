"""From a school's alarm to the incident: one press answers it, makes the case and opens it."""

from datetime import timedelta

import pytest

from linli.accounts.scope import acting
from linli.alarms.models import Alarm
from linli.alarms.tests.conftest import house
from linli.alarms.tests.house import House
from linli.dispatch.actions.open_for_alarm import open_for_alarm
from linli.dispatch.models import Incident
from linli.kernel.errors import NotFound
from tests.cast import TUESDAY

__all__ = ["house"]


def open_as(house: House, name: str, alarm: Alarm) -> Incident:
    actor = house.cast.actor(name)
    with acting(actor):
        return open_for_alarm(alarm.id, actor=actor, at=TUESDAY + timedelta(seconds=7))


def test_one_press_from_alarm_to_incident(house: House) -> None:
    alarm = house.alarm(at=TUESDAY)
    with pytest.raises(NotFound):
        open_as(house, "clerk", alarm)
    incident = open_as(house, "city_dispatcher", alarm)
    alarm.refresh_from_db()
    assert (alarm.state, alarm.case_id) == ("answered", incident.case_id)
    assert incident.kind_id == "intrusion"
    assert (incident.answered_at - incident.received_at).total_seconds() == 7
    assert (incident.latitude, incident.longitude) == (38.52, 102.19)
    assert incident.case.state == "handling"
    assert open_as(house, "city_dispatcher", alarm) == incident
    assert Incident.objects.count() == 1
