"""Short messages and CAP of other systems: in through a door with a token, or named as refused."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from linli.alarms.actions.set_inlet import end_inlet, open_inlet
from linli.alarms.models import Alarm, Event, Inlet, Refused
from linli.alarms.queries.caller import phone_of
from linli.alarms.queries.devices import forget_devices
from linli.alarms.tests.house import House
from linli.alarms.tests.test_cap import BOMB, CHINESE
from linli.cases.tests.desk import Desk as CaseDesk
from linli.kernel.errors import NotPermitted
from linli.premises.models import Device
from tests.cast import CITY, COUNTY, TUESDAY

type Door = tuple[Inlet, str]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_devices()
    monkeypatch.setattr("linli.alarms.actions.refuse._waiting._waiting", {})


def door(house: House, sort: str) -> Door:
    return open_inlet(
        sort, name="短信平台", area=COUNTY, actor=house.cast.actor("administrator"), at=TUESDAY
    )


def send(made: Door, body: bytes | str, kind: str = "application/json") -> tuple[int, dict]:  # type: ignore[type-arg]
    inlet, token = made
    answer = Client().post(
        f"/alarms/in/{inlet.id}/", body, content_type=kind,
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip
    return answer.status_code, json.loads(answer.content)


def test_a_short_message_becomes_a_call_for_help_with_its_number_sealed(house: House) -> None:
    made = door(house, "sms")
    body = json.dumps({"from": "+86 13800000000", "content": "三楼有人打架", "msgid": "1"})
    assert send(made, body) == (200, {"alarm": 1, "taken": "raise"})
    assert send(made, body)[1]["taken"] == "known"
    alarm = Alarm.objects.get()
    assert (alarm.source, alarm.kind, alarm.area_id, alarm.text) == (
        "sms", "help", COUNTY, "三楼有人打架",
    )  # fmt: skip
    assert phone_of(alarm) == "+86 13800000000"


def test_a_number_of_a_device_is_the_device_and_a_test_is_marked(house: House) -> None:
    Device.objects.filter(pk=house.guard.pk).update(serial="13900000000")
    made = door(house, "sms")
    form = "application/x-www-form-urlencoded"
    assert send(made, "mobile=13900000000&text=SOS&id=1", form)[0] == 200
    assert send(made, "mobile=13900000000&text=测试&id=2", form)[0] == 200
    assert [(one.device, one.is_test) for one in Alarm.objects.order_by("sequence")] == [
        (house.guard, False), (house.guard, True),
    ]  # fmt: skip


def test_a_wrong_token_and_a_broken_message_are_counted(house: House) -> None:
    made = door(house, "sms")
    assert send((made[0], "linli_alarm_wrong"), "{}")[0] == 401
    assert send(made, "{}")[0] == 422
    assert send(made, "[" * 100)[0] == 422
    assert send(made, b"x" * 20_000)[0] == 413
    assert set(Refused.objects.values_list("reason", flat=True)) == {
        "unsigned", "malformed", "too_large",
    }  # fmt: skip
    assert not Alarm.objects.exists()
    page = CaseDesk(house.cast).client("administrator").get("/alarms/doors/").content.decode()
    assert "短信平台" in page
    assert "无法读取" in page


def test_a_chinese_warning_stands_in_the_queue_of_the_place_it_names(house: House) -> None:
    made = door(house, "cap")
    assert send(made, CHINESE.encode(), "application/cap+xml")[1]["taken"] == "raise"
    assert send(made, CHINESE.encode(), "application/cap+xml")[1]["taken"] == "known"
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.area_id, alarm.is_test, alarm.place) == (
        "warning", COUNTY, False, "金川区",
    )  # fmt: skip
    assert "沙尘暴黄色预警信号" in alarm.text


def test_an_exercise_is_a_test_and_a_draft_nothing(house: House) -> None:
    made = door(house, "cap")
    exercise = CHINESE.replace("Actual", "Exercise")
    assert send(made, exercise.encode(), "text/xml")[0] == 200
    assert Alarm.objects.get().is_test
    draft = CHINESE.replace("Actual", "Draft")
    assert send(made, draft.encode(), "text/xml")[1]["taken"] == "ignored"


def test_an_update_and_a_cancellation_stand_on_the_alarm_they_follow(house: House) -> None:
    made = door(house, "cap")
    send(made, CHINESE.encode(), "text/xml")
    name = "gansu.jinchang@12379.example,62030041600000_20260310095500,2026-03-10T09:55:00+08:00"
    follow = (
        CHINESE.replace("<msgType>Alert", "<msgType>Cancel")
        .replace("_20260310095500</id", "_20260310105500</id")
        .replace("<scope>Public</scope>", f"<scope>Public</scope><references>{name}</references>")
    )
    assert send(made, follow.encode(), "text/xml")[1] == {"alarm": 1, "taken": "repeat"}
    assert send(made, follow.encode(), "text/xml")[1]["taken"] == "known"
    assert Alarm.objects.get().count == 2
    assert Event.objects.filter(verb="repeat", note__startswith="已解除").count() == 1


def test_a_bomb_does_nothing_but_be_counted(house: House) -> None:
    made = door(house, "cap")
    assert send(made, BOMB.encode(), "text/xml")[0] == 422
    assert Refused.objects.get().serial == "短信平台"
    assert not Alarm.objects.exists()


def test_only_an_administrator_of_the_city_opens_and_ends_a_door(house: House) -> None:
    for name in ("city_director", "city_dispatcher"):
        with pytest.raises(NotPermitted):
            open_inlet("sms", name="x", area=CITY, actor=house.cast.actor(name), at=TUESDAY)
    made = door(house, "sms")
    end_inlet(made[0].id, actor=house.cast.actor("administrator"), at=TUESDAY + timedelta(hours=1))
    assert send(made, "{}")[0] == 401
    client = CaseDesk(house.cast).client("administrator")
    given = {"sort": "cap", "name": "气象局", "area": COUNTY}
    page = client.post("/alarms/doors/", given).content.decode()
    assert "linli_alarm_" in page
    assert "linli_alarm_" not in client.get("/alarms/doors/").content.decode()
