"""Signals become alarms: none lost, none twice, a test never hides a real one."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.scope import acting
from linli.alarms import lifecycle
from linli.alarms.actions.answer import answer_alarm
from linli.alarms.actions.reset import mark_false, reset_alarm
from linli.alarms.actions.thin import thin_signals
from linli.alarms.models import Alarm, Counter, Event, Signal
from linli.alarms.policy import visible_to
from linli.alarms.tests.house import House
from linli.audit.models import Entry
from linli.kernel.errors import Refused
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY

SECOND = timedelta(seconds=1)


def test_an_alarm_rings_at_the_lowest_desk_with_a_dispatcher(house: House) -> None:
    alarm = house.alarm()
    assert (alarm.state, alarm.sequence, alarm.city, alarm.desk) == (
        "ringing",
        1,
        "6203",
        BEIJING_ROAD,
    )
    assert alarm.due_at == TUESDAY + 30 * SECOND
    assert alarm.premises == house.school
    entry = Entry.objects.get(object_id=str(alarm.id))
    assert entry.event == "alarm.raise"


def test_what_the_device_repeats_is_counted_on_one_row(house: House) -> None:
    first = house.signal()
    later = house.signal(at=TUESDAY + SECOND)
    assert (later.alarm, later.verb, later.count) == (first.alarm, "repeat", 2)
    assert Alarm.objects.get().count == 2
    assert Event.objects.count() == 1


def test_the_same_message_counts_once_and_its_number_serves_no_other(house: House) -> None:
    first = house.signal(key="7", digest=b"a" * 32)
    assert house.signal(key="7", digest=b"a" * 32).verb == "known"
    assert house.signal(key="7", digest=b"b" * 32).verb == "reused"
    assert Alarm.objects.get(pk=first.alarm).count == 1


def test_a_test_has_a_row_of_its_own_and_rings_no_further_desk(house: House) -> None:
    test = house.alarm(is_test=True)
    real = house.alarm(at=TUESDAY + SECOND)
    assert test.pk != real.pk
    assert test.due_at is None
    assert real.due_at is not None


def test_an_answered_alarm_rings_again_after_a_silence(house: House) -> None:
    alarm = house.alarm()
    dispatcher = house.cast.actor("street_dispatcher")
    answer_alarm(alarm.id, actor=dispatcher, at=TUESDAY + 5 * SECOND)
    assert house.signal(at=TUESDAY + 10 * SECOND).verb == "repeat"
    again = house.signal(at=TUESDAY + 10 * SECOND + lifecycle.SILENCE)
    assert again.verb == "ring_again"
    alarm.refresh_from_db()
    assert (alarm.state, alarm.count) == ("ringing", 3)
    assert alarm.due_at is not None


def test_the_database_allows_no_second_open_row_and_no_end_without_somebody(house: House) -> None:
    alarm = house.alarm()
    with pytest.raises(Exception, match="alarm_reset_by_somebody"), transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk).update(state="reset")
    with pytest.raises(Exception, match="alarms_signal"), transaction.atomic():
        Signal.objects.filter(alarm=alarm).update(key="other")


def test_a_person_elsewhere_does_not_see_it_whatever_is_asked(house: House) -> None:
    house.alarm()
    for name, seen in (
        ("street_dispatcher", 1), ("city_dispatcher", 1), ("neighbour_clerk", 0), ("officer", 0)
    ):  # fmt: skip
        actor = house.cast.actor(name)
        with acting(actor):
            assert Alarm.objects.filter(visible_to(actor)).count() == seen
            assert (Alarm.objects.count() == 1) == (seen == 1)


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["signal", "signal", "signal", "again", "answer", "reset", "false"]),
        st.booleans(), st.booleans(), st.sampled_from(["one_key", "fire"]),
        st.integers(0, 90),
    ),
    max_size=30,
)  # fmt: skip


@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=_STEPS)
def test_whatever_happens_every_signal_is_on_one_row_and_an_open_one_while_it_rings(
    house: House, steps: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        _walk(house, steps)
        transaction.set_rollback(True)


def _walk(house: House, steps: list[tuple[Any, ...]]) -> None:
    dispatcher, at = house.cast.actor("city_dispatcher"), TUESDAY
    sent: list[dict[str, Any]] = []
    unanswered: defaultdict[tuple[Any, bool, str], bool] = defaultdict(bool)
    for verb, guard, test, kind, seconds in steps:
        at += timedelta(seconds=seconds)
        device = house.guard if guard else house.dormitory
        place = (device.id, test, kind)
        if verb == "signal":
            message = {"key": f"k{len(sent)}", "is_test": test, "kind": kind}
            sent.append({**message, "sender": device})
            if house.signal(device, at, **message).verb in ("raise", "ring_again"):
                unanswered[place] = True
        elif verb == "again" and sent:
            message = dict(sent[seconds % len(sent)])
            assert house.signal(message.pop("sender"), at, **message).verb == "known"
        elif (alarm := _open(place)) is not None:
            try:
                if verb == "answer":
                    answer_alarm(alarm.id, actor=dispatcher, at=at)
                elif verb == "reset":
                    reset_alarm(alarm.id, note="现场查看", actor=dispatcher, at=at)
                else:
                    mark_false(alarm.id, note="误触", actor=dispatcher, at=at)
                unanswered[place] = False
            except Refused:
                assert (verb, alarm.state) in {("answer", "answered"), ("reset", "ringing")}
    _judge(len(sent), unanswered)


def _open(place: tuple[Any, bool, str]) -> Alarm | None:
    device, test, kind = place
    return Alarm.objects.filter(
        device=device, is_test=test, kind=kind, state__in=lifecycle.OPEN
    ).first()


def _judge(sent: int, unanswered: dict[tuple[Any, bool, str], bool]) -> None:
    alarms = list(Alarm.objects.order_by("sequence"))
    assert sum(alarm.count for alarm in alarms) == Signal.objects.count() == sent
    assert [alarm.sequence for alarm in alarms] == list(range(1, len(alarms) + 1))
    assert len(alarms) == sum(counter.last for counter in Counter.objects.all())
    for place, rings in unanswered.items():
        alarm = _open(place)
        assert (alarm is not None and alarm.state == "ringing") == rings
    for alarm in alarms:
        verbs = Event.objects.filter(alarm=alarm).order_by("id").values_list("verb", flat=True)
        assert lifecycle.MOVES.replay(verbs) == alarm.state
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM alarms_signal WHERE alarm_id = %s", [alarm.id])
            assert cursor.fetchone()[0] == alarm.count


def test_numbers_and_area_are_the_place_of_the_device(house: House) -> None:
    assert house.alarm(house.dormitory).area_id == LONGMENLI


def test_signals_leave_after_thirty_days_and_no_old_message_comes_back(house: House) -> None:
    house.signal()
    assert thin_signals(at=TUESDAY + timedelta(days=31)) == 0
    assert thin_signals(at=TUESDAY + timedelta(days=33)) == 1
    assert Alarm.objects.get().count == 1
