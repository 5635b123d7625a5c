"""Clocks fire once, into the timeline, and not when they were stopped."""

from datetime import timedelta

from django.utils import timezone

from linli.dispatch.actions.fire import fire_due
from linli.dispatch.models import Clock, TimelineEntry
from linli.dispatch.tests.room import Room
from linli.notices.models import Notice, StreamEvent


def test_a_clock_that_runs_up_is_told_once(room: Room) -> None:
    incident = room.incident(kind="nuisance")
    due = incident.answered_at + timedelta(seconds=60)
    assert fire_due(at=due - timedelta(milliseconds=1)) == 0
    assert fire_due(at=due) == 1
    assert fire_due(at=due) == 0
    entry = TimelineEntry.objects.get(incident=incident, verb="late")
    assert entry.facts["clock"] == "process"
    assert entry.at == due
    told = Notice.objects.get(kind="dispatch_late")
    assert told.user == room.cast.users["city_dispatcher"]
    assert StreamEvent.objects.filter(topic=f"dispatch:{incident.area_id}", data__verb="late")


def test_what_was_done_in_time_does_not_fire(room: Room) -> None:
    incident = room.incident(kind="nuisance")
    room.send(incident, "first")
    at = timezone.now() + timedelta(seconds=61)
    assert fire_due(at=at) == 1
    assert Clock.objects.get(fired_at=at).kind == "accept"
    assert fire_due(at=at + timedelta(minutes=5)) == 1


def test_many_at_once_go_batch_by_batch(room: Room) -> None:
    for _n in range(3):
        room.incident()
    waiting = Clock.objects.filter(stopped_at=None).count()
    at = timezone.now() + timedelta(hours=1)
    assert fire_due(at=at, most=10) == 10
    assert fire_due(at=at) == waiting - 10
