"""The pages of alarms: the queue, one alarm with its steps, and a call taken in a few keys."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.alarms.actions.refuse import count_refused
from linli.alarms.models import Alarm, Desk, Event
from linli.alarms.queries.caller import phone_of
from linli.alarms.tests.house import House
from linli.audit.models import Entry
from linli.cases.tests.desk import Desk as CaseDesk
from linli.cases.tests.test_api import Caller
from linli.premises.models import Premises
from tests.cast import BEIJING_ROAD, CITY, COUNTY, LONGMENLI, OTHER_VILLAGE, TUESDAY

SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(house: House) -> CaseDesk:
    return CaseDesk(house.cast)


def dispatcher(desk: CaseDesk) -> Client:
    return desk.client("street_dispatcher")


def test_the_queue_shows_the_unanswered_and_grave_first_and_marks_tests(
    house: House, desk: CaseDesk
) -> None:
    house.signal(kind="intrusion")
    house.signal(is_test=True)
    house.signal(at=TUESDAY + SECOND)
    page = dispatcher(desk).get("/alarms/").content.decode()
    marks = [
        page.index(text) for text in ("一键报警</a>", "入侵</a>", '<span class="tag">测试</span>')
    ]
    assert marks == sorted(marks)
    assert "2 条警情等待应答" in page
    assert "无人应答" in page


def test_the_queue_costs_the_same_for_many(house: House, desk: CaseDesk) -> None:
    client = dispatcher(desk)
    client.get("/alarms/")
    for kind in ("one_key", "fire", "gas"):
        house.signal(kind=kind)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/alarms/?part=rows")
    for kind in ("one_key", "fire", "gas"):
        house.signal(house.dormitory, kind=kind)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/alarms/?part=rows")
    assert len(many) == len(few)
    assert "<html" not in page.content.decode()


@pytest.mark.parametrize("name", ["clerk", "grid_worker", "officer", "auditor"])
def test_others_do_not_open_the_queue(house: House, desk: CaseDesk, name: str) -> None:
    assert desk.client(name).get("/alarms/").status_code == 403


def test_an_alarm_of_another_area_is_not_there(house: House, desk: CaseDesk) -> None:
    alarm = house.alarm(area=OTHER_VILLAGE)
    assert dispatcher(desk).get(f"/alarms/{alarm.id}/").status_code == 404
    assert desk.client("city_dispatcher").get(f"/alarms/{alarm.id}/").status_code == 200


def test_answer_make_an_incident_and_reset(house: House, desk: CaseDesk) -> None:
    alarm, client = house.alarm(), dispatcher(desk)
    address = f"/alarms/{alarm.id}/"
    assert "应答" in client.get(address).content.decode()
    assert client.post(f"{address}answer/", {"version": "1"}).status_code == 302
    # Another window still shows what was before.
    assert client.post(f"{address}answer/", {"version": "1"}).status_code == 409
    assert client.post(f"{address}make_case/", {"version": "2"}).status_code == 302
    assert client.post(f"{address}make_case/").status_code == 302
    alarm.refresh_from_db()
    assert alarm.case is not None
    assert (alarm.case.kind, alarm.case.channel, alarm.case.urgency) == (
        "incident", "alarm", "danger",
    )  # fmt: skip
    page = client.get(address).content.decode()
    assert alarm.case.number in page
    assert client.post(f"{address}reset/", {"version": "3", "note": " "}).status_code == 422
    assert (
        client.post(f"{address}reset/", {"version": "3", "note": "民警已到场"}).status_code == 302
    )
    alarm.refresh_from_db()
    assert (alarm.state, alarm.outcome, alarm.reset_reason) == ("reset", "real", "民警已到场")
    assert [event.verb for event in Event.objects.order_by("id")] == [
        "raise", "answer", "make_case", "reset",
    ]  # fmt: skip
    assert Entry.objects.filter(object_id=str(alarm.id), event="alarm.reset").exists()
    assert "民警已到场" in client.get("/alarms/past/").content.decode()


def test_hand_on_to_a_desk_above_with_a_reason(house: House, desk: CaseDesk) -> None:
    alarm, client = house.alarm(), dispatcher(desk)
    address = f"/alarms/{alarm.id}/hand_on/"
    page = client.get(address).content.decode()
    assert "金川区" in page
    assert (
        client.post(address, {"version": "1", "to": BEIJING_ROAD, "note": "x"}).status_code == 422
    )
    assert (
        client.post(address, {"version": "1", "to": COUNTY, "note": "需县级力量"}).status_code
        == 302
    )
    alarm.refresh_from_db()
    assert (alarm.state, alarm.desk) == ("handed_on", COUNTY)
    assert alarm.due_at is not None


def test_a_call_is_a_kind_a_few_characters_and_done(house: House, desk: CaseDesk) -> None:
    client = dispatcher(desk)
    page = client.get("/alarms/call/")
    key = str(page.context["form"]["key"].value())
    given = {"key": key, "kind": "violence", "where": "龙门里小", "phone": "13800000000"}
    assert client.get("/alarms/places.json", {"words": "龙门里小"}).json()["places"][0]["name"] == (
        "龙门里小学"
    )
    assert client.post("/alarms/call/", given).status_code == 302
    assert client.post("/alarms/call/", given).status_code == 302  # pressed twice
    alarm = Alarm.objects.get()
    assert (alarm.source, alarm.state, alarm.area_id) == ("call", "answered", LONGMENLI)
    assert (alarm.premises, alarm.latitude) == (house.school, 38.52)
    assert phone_of(alarm) == "13800000000"
    assert b"13800000000" not in bytes(alarm.sealed or b"")


def test_a_call_with_words_for_several_places_asks_and_one_for_none_is_taken(
    house: House, desk: CaseDesk
) -> None:
    Premises.objects.create(
        kind=house.school.kind, name="龙门里小学分校", area_id=LONGMENLI, added_at=TUESDAY
    )
    client = dispatcher(desk)
    key = "01900000-0000-7000-8000-00000000000a"
    asked = client.post("/alarms/call/", {"key": key, "kind": "fire", "where": "里小"})
    assert asked.status_code == 422
    assert "龙门里小学分校" in asked.content.decode()
    given: dict[str, Any] = {"key": key, "kind": "fire", "where": "里小", "spot": "1"}
    assert client.post("/alarms/call/", given).status_code == 302
    key = "01900000-0000-7000-8000-00000000000b"
    given = {"key": key, "kind": "fire", "where": "大柳树往东二百米"}
    assert client.post("/alarms/call/", given).status_code == 302
    assert Alarm.objects.get(place="大柳树往东二百米").area_id == BEIJING_ROAD


def test_the_administrator_sets_where_alarms_ring(house: House, desk: CaseDesk) -> None:
    client = desk.client("administrator")
    given = {"area": COUNTY, "is_on": "on", "seconds": "45", "phone": "0935-1234567"}
    assert client.post("/alarms/desks/", given).status_code == 302
    assert Desk.objects.get(area=COUNTY).seconds == 45
    assert client.post("/alarms/desks/", {**given, "seconds": "2"}).status_code == 422
    page = client.get("/alarms/desks/").content.decode()
    assert "0935-1234567" in page
    assert dispatcher(desk).get("/alarms/desks/").status_code == 403


def test_the_api_answers_and_resets_within_its_scopes(house: House) -> None:
    alarm, raw = house.alarm(), new_token()
    token = ApiToken.objects.create(
        user=house.dispatcher, name="测试", digest=digest_of(raw), scopes=["alarms:read"],
        expires_at="2030-01-01T00:00:00Z",
    )  # fmt: skip
    program = Caller(raw)
    listed = program.get("/alarms").json()
    assert (listed["waiting"], listed["alarms"][0]["id"]) == (1, str(alarm.id))
    assert program.post(f"/alarms/{alarm.id}/answer", {}).status_code == 403
    ApiToken.objects.filter(pk=token.pk).update(scopes=["alarms:read", "alarms:write"])
    assert program.post(f"/alarms/{alarm.id}/reset", {"note": "x"}).status_code == 409
    assert program.post(f"/alarms/{alarm.id}/answer", {"version": 1}).json()["state"] == "answered"
    assert program.post(f"/alarms/{alarm.id}/answer", {"version": 1}).status_code == 409
    assert program.post(f"/alarms/{alarm.id}/make_case", {}).json()["case"]
    assert program.post(f"/alarms/{alarm.id}/reset", {"note": "已处置"}).json()["outcome"] == "real"
    assert program.get(f"/alarms?area={CITY}").json()["alarms"] == []


def test_the_devices_page_names_what_was_not_taken(house: House, desk: CaseDesk) -> None:
    alarm = house.alarm()
    count_refused("forged", "G-0001", at=TUESDAY, device=house.guard.id, area=house.guard.area_id)
    address = reverse("premises:device", args=[house.guard.id])
    page = dispatcher(desk).get(address).content.decode()
    assert "签名错误" in page
    assert "一键报警 1" in page
    # Who keeps devices but answers no alarms sees the same without the way there.
    page = desk.client("administrator").get(address).content.decode()
    assert reverse("alarms:alarm", args=[alarm.id]) not in page
