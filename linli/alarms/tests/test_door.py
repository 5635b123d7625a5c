"""The devices' door: what is proved is taken; what is not is counted and harms nobody."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError

from linli.alarms import listen
from linli.alarms.actions import hear as hearing
from linli.alarms.actions.reset import mark_false
from linli.alarms.models import Alarm, Refused, Signal
from linli.alarms.proof import from_mqtt
from linli.alarms.queries.devices import forget_devices
from linli.alarms.tests.house import House
from linli.alarms.tests.speaking import message, post
from linli.alarms.web import door
from linli.kernel.crypto import seal
from linli.premises.models import AlarmTest, Device
from tests.cast import TUESDAY

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no test find what another counted in this process."""
    forget_devices()
    monkeypatch.setattr(hearing, "_windows", hearing.Windows(hearing.MOST, hearing.SECONDS))
    monkeypatch.setattr("linli.alarms.actions.refuse._waiting._waiting", {})
    yield
    forget_devices()


def reasons() -> dict[str, int]:
    return dict(Refused.objects.values_list("reason", "count"))


def test_a_signed_alarm_rings_and_the_device_is_heard_of(house: House) -> None:
    status, told = post(message(TUESDAY, body={"text": "教学楼一层"}))
    assert (status, told["alarm"], told["taken"]) == (200, 1, "raise")
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.text, alarm.place) == (
        "one_key", "教学楼一层", "龙门里小学 门卫室一键报警",
    )  # fmt: skip
    house.guard.refresh_from_db()
    assert house.guard.heard_at == TUESDAY


def test_a_message_sent_again_counts_once(house: House) -> None:
    made = message(TUESDAY)
    assert post(made)[1]["taken"] == "raise"
    assert post(made)[1]["taken"] == "known"
    assert Alarm.objects.get().count == Signal.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"secret": "another secret of thirty-two cha"}, 401, "forged"),
        ({"body": b'{"test": false}', "signature": "0" * 64}, 401, "forged"),
        ({"signature": ""}, 401, "unsigned"),
        ({"serial": "X-9999"}, 401, "unknown"),
        ({"number": "short"}, 400, "malformed"),
        ({"time": "yesterday"}, 400, "malformed"),
        ({"body": b"x" * 5000}, 413, "too_large"),
        ({"word": "open"}, 400, "malformed"),
    ],
)
def test_what_is_not_proved_is_refused_and_counted(
    house: House, changes: dict[str, Any], status: int, reason: str
) -> None:
    got, told = post(message(TUESDAY, **changes))
    assert got == status
    # A stranger is not told which serial numbers there are.
    assert told["refused"] == ("forged" if status == 401 else reason)
    assert reasons() == {reason: 1}
    assert not Alarm.objects.exists()
    if reason == "forged":
        assert Refused.objects.get().device == house.guard


def test_a_changed_word_breaks_the_signature(house: House) -> None:
    made = message(TUESDAY, body={"test": False})
    assert post(replace(made, body=b'{"test": true}'))[0] == 401
    assert post(replace(made, path=made.path.replace("alarm", "fault"), word="fault"))[0] == 401


def test_an_alarm_that_waited_in_the_device_is_taken_and_marked_late(house: House) -> None:
    assert post(message(TUESDAY - 2 * DAY))[1]["taken"] == "raise"
    alarm = Alarm.objects.get()
    assert alarm.is_late
    assert alarm.raised_at == TUESDAY - 2 * DAY
    assert alarm.received_at - TUESDAY < SECOND
    status, told = post(message(TUESDAY - 31 * DAY))
    assert (status, told["refused"]) == (422, "too_old")


def test_a_clock_that_runs_ahead_loses_no_alarm_but_is_named(house: House) -> None:
    assert post(message(TUESDAY + timedelta(hours=2)))[0] == 200
    assert Alarm.objects.get().raised_at - TUESDAY < SECOND
    assert reasons() == {"future": 1}
    assert post(message(TUESDAY + 2 * DAY))[0] == 422


def test_a_number_serves_one_message(house: House) -> None:
    post(message(TUESDAY, number="number-one"))
    status, told = post(message(TUESDAY, number="number-one", body={"kind": "fire"}))
    assert (status, told["refused"]) == (409, "reused")
    assert Alarm.objects.count() == 1


def test_a_message_replayed_after_the_reset_raises_nothing(house: House) -> None:
    made = message(TUESDAY)
    post(made)
    alarm = Alarm.objects.get()
    mark_false(alarm.id, note="误触", actor=house.cast.actor("city_director"), at=TUESDAY)
    with time_machine.travel(TUESDAY + timedelta(hours=1)):
        assert post(made)[1]["taken"] == "known"
    assert Alarm.objects.count() == 1
    assert reasons() == {"replayed": 1}


def test_a_signed_alarm_with_broken_words_still_rings(house: House) -> None:
    for body in (b"{", b"[" * 2000, b'"text"', b'{"text": "\\ud800", "kind": 7, "test": "yes"}'):
        assert post(message(TUESDAY, body=body))[0] == 200
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.is_test, alarm.count) == ("one_key", False, 4)
    assert reasons() == {"malformed": 1}  # one a second is written down


def test_both_secrets_hold_until_the_old_one_ends(house: House) -> None:
    device = house.guard
    device.former_secret, device.former_until = device.secret, TUESDAY + DAY
    device.secret = seal("the-new-secret-that-can-be-typed", device.id.bytes)
    device.save()
    assert post(message(TUESDAY))[0] == 200
    assert post(message(TUESDAY, secret="the-new-secret-that-can-be-typed"))[0] == 200
    forget_devices()
    with time_machine.travel(TUESDAY + 2 * DAY):
        assert post(message(TUESDAY + 2 * DAY))[0] == 401


def test_a_retired_device_is_refused_by_name(house: House) -> None:
    Device.objects.filter(pk=house.guard.pk).update(retired_at=TUESDAY)
    assert post(message(TUESDAY))[0] == 403
    assert Refused.objects.get().device == house.guard


def test_a_storm_is_folded_and_a_real_alarm_comes_through_it(house: House) -> None:
    statuses = [post(message(TUESDAY, body={"test": True}))[0] for _time in range(60)]
    assert statuses.count(200) == hearing.MOST
    assert statuses.count(429) == 60 - hearing.MOST
    assert post(message(TUESDAY))[1]["taken"] == "raise"
    assert [alarm.is_test for alarm in Alarm.objects.order_by("sequence")] == [True, False]
    assert reasons()["flood"] >= 1
    assert Refused.objects.count() == 1


def test_in_a_storm_what_is_on_no_row_is_taken(house: House) -> None:
    for _time in range(hearing.MOST + 5):
        post(message(TUESDAY))
    actor = house.cast.actor("city_director")
    mark_false(Alarm.objects.get().id, note="误触", actor=actor, at=TUESDAY)
    assert post(message(TUESDAY))[1]["taken"] == "raise"


def test_refusals_of_a_flood_fill_one_row(house: House) -> None:
    for number in range(50):
        post(message(TUESDAY, serial=f"X-{number}"))
    assert Refused.objects.get().device is None


def test_a_test_alarm_is_the_buttons_monthly_test(house: House) -> None:
    assert post(message(TUESDAY, body={"test": True}))[0] == 200
    test = AlarmTest.objects.get()
    assert (test.device, test.sent_at) == (house.guard, TUESDAY)
    house.guard.refresh_from_db()
    assert house.guard.test_due is not None


def test_a_fault_is_no_alarm_and_a_heartbeat_outside_the_window_none(house: House) -> None:
    assert post(message(TUESDAY, "fault", body={"fault": "电池电量低"}))[0] == 200
    house.guard.refresh_from_db()
    assert (house.guard.state, house.guard.fault) == ("fault", "电池电量低")
    assert post(message(TUESDAY, "heartbeat", serial="D-0001"))[0] == 200
    house.dormitory.refresh_from_db()
    assert (house.dormitory.state, house.dormitory.heard_at) == ("online", TUESDAY)
    assert post(message(TUESDAY - 121 * SECOND, "heartbeat"))[1]["refused"] == "too_old"
    assert post(message(TUESDAY, "fault"))[1]["refused"] == "malformed"
    assert not Alarm.objects.exists()


def test_without_the_database_the_device_is_asked_to_say_it_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*given: Any, **named: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(door, "hear", away)
    assert post(message(TUESDAY))[0] == 503
    assert post(message(TUESDAY), REQUEST_METHOD="GET")[0] == 405


def _as_written(block: str) -> dict[str, str]:
    """Run an example of the manual with its client taken away; return what it would have sent."""
    text = (Path(settings.REPOSITORY) / "docs/howto/devices.md").read_text()
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    shell = 'curl() { printf \'%s\\0\' "$@"; }; mosquitto_pub() { curl "$@"; }\n'
    script = shell + "\n".join(blocks[: 1 if block == "curl" else 2])
    said = subprocess.run(["bash", "-c", script], capture_output=True, check=True, text=True)
    words = said.stdout.split("\0")
    start = 0 if block == "curl" else words.index("-q")
    return {str(number): word for number, word in enumerate(words[start:])}


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_the_manuals_example_works_as_it_is_written(house: House) -> None:
    words = list(_as_written("curl").values())
    headers = dict(word.split(": ") for word in words if word.startswith("Linli-"))
    body = words[words.index("--data-binary") + 1]
    given = message(
        TUESDAY, body=body.encode(), time=headers["Linli-Time"], number=headers["Linli-Number"],
        signature=headers["Linli-Signature"],
    )  # fmt: skip
    with time_machine.travel(datetime.fromtimestamp(int(given.time), UTC)):
        assert post(given)[1]["taken"] == "raise"
    assert Alarm.objects.get().text == "教学楼一层"


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_the_manuals_example_for_mqtt_too(house: House) -> None:
    words = list(_as_written("mqtt").values())
    topic, payload = words[words.index("-t") + 1], words[words.index("-m") + 1]
    given = from_mqtt(topic, payload.encode())
    with time_machine.travel(datetime.fromtimestamp(int(given.time), UTC)):
        assert hearing.hear(given, at=datetime.now(UTC)).body["taken"] == "raise"


def test_over_mqtt_a_message_waits_for_the_database_and_a_broken_one_holds_nothing_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listen.connection, "close", lambda: None)
    monkeypatch.setattr(listen, "PAUSE", 0)
    stop, answers = threading.Event(), [OperationalError("gone"), None]
    heard: list[str] = []

    def hear(given: Any, *, at: datetime) -> None:
        heard.append(given.serial)
        if answer := answers.pop(0):
            raise answer

    monkeypatch.setattr(hearing, "hear", hear)
    payload = b"1773108000 number-one " + b"0" * 64 + b"\n{}"
    assert listen.take("linli/G-0001/alarm", payload, stop)
    assert heard == ["G-0001", "G-0001"]
    answers[:] = [ValueError("a fault of ours")]
    assert listen.take("linli/G-0001/alarm", payload, stop)
    assert reasons() == {"malformed": 1}
    stop.set()
    assert not listen.take("linli/G-0001/alarm", payload, stop)
