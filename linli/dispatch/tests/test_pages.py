"""The pages: the dispatcher's way from the form to the review, the unit's phone, and who may open what."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from linli.cases.tests.desk import text_of
from linli.dispatch.models import (
    Assignment,
    DispatchUnit,
    Handover,
    Incident,
    Review,
    SituationReport,
    Spot,
)
from linli.dispatch.tests.room import Room, put_on_map, verbs
from linli.kernel.ids import new_id
from tests.cast import LONGMENLI, make_user

DESK = "city_dispatcher"


def url(incident: Incident, rest: str = "") -> str:
    return f"/dispatch/incidents/{incident.id}/{rest}"


def opened(room: Room, **fields: Any) -> Incident:
    given = {
        "key": str(new_id()), "kind": "intrusion", "area": LONGMENLI, "place": "龙门里小学",
        "channel": "phone", "lng": "102.19", "lat": "38.52", "brief": "一人翻墙",
        "name": "报警人示例", "phone": "13900000000",
    }  # fmt: skip
    answer = room.client(DESK).post("/dispatch/open/", {**given, **fields})
    assert answer.status_code == 302, text_of(answer)
    return Incident.objects.order_by("-received_at", "-id")[0]


def test_from_the_form_to_the_review(room: Room) -> None:
    client = room.client(DESK)
    assert client.get("/dispatch/open/").status_code == 200
    incident = opened(room)
    page = client.get(url(incident))
    assert [line["missing"] for line in page.context["lines"]] == [0, 0]
    wanted = [str(unit.id) for line in page.context["lines"] for unit, _why in line["chosen"]]
    assert "first队" in page.text
    assert client.post(url(incident, "send/"), {"unit": wanted}).status_code == 302
    sent = Assignment.objects.get(unit=room.units["first"])
    assert sent.proposed
    assert sent.reasons[0] == ["on_shift", ""]
    assert client.post(url(incident, "send/"), {"unit": wanted}).status_code == 409
    item = page.context["checks"][0]
    client.post(url(incident, "tick/"), {"item": str(item.id)})
    client.post(url(incident, "report/"), {"note": "已控制"})
    assert "已控制" in client.get(url(incident, "situation/1/")).text
    paper = client.get(url(incident, "situation/1.pdf"))
    assert paper["Content-Type"] == "application/pdf"
    told = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "已控制" in told
    assert "first" in told
    assert room.client("first_leader").get(url(incident, "situation/1.pdf")).status_code == 403
    for one in Assignment.objects.filter(ended_at=None):
        client.post(f"/dispatch/assignments/{one.id}/arrive/")
        client.post(f"/dispatch/assignments/{one.id}/finish/")
    assert (
        client.post(url(incident, "close/"), {"result": "handled", "note": ""}).status_code == 422
    )
    closed = client.post(url(incident, "close/"), {"result": "handled", "note": "人已带离"})
    assert closed.url == url(incident, "review/")
    review = client.get(url(incident, "review/"))
    assert "人已带离" in review.text
    assert [took for _c, took, _t, _l in review.context["clocks"]].count("—") == 0
    client.post(url(incident, "review/"), {"good": "到得快", "better": "带急救包"})
    assert Review.objects.get(incident=incident).better == "带急救包"
    assert (
        SituationReport.objects.get().text.startswith("情况") or SituationReport.objects.get().text
    )
    assert verbs(incident)[-1] == "review"
    assert url(incident, "review/") in client.get("/dispatch/past/").text


def test_the_form_sent_twice_opens_one_incident(room: Room) -> None:
    key = str(new_id())
    assert opened(room, key=key) == opened(room, key=key)
    assert Incident.objects.count() == 1
    wrong = room.client(DESK).post("/dispatch/open/", {"kind": "x", "area": "1"})
    assert wrong.status_code == 422


@pytest.mark.parametrize("verb", ["set_priority", "add_report", "need_none", "remark", "merge"])
def test_each_step_has_a_form_that_says_what_is_missing(room: Room, verb: str) -> None:
    incident = room.incident()
    client = room.client(DESK)
    assert client.get(url(incident, f"{verb}/")).status_code == 200
    assert client.post(url(incident, f"{verb}/"), {}).status_code == 422


def test_steps_are_done_from_the_page(room: Room) -> None:
    one, two = room.incident(), room.incident()
    client = room.client(DESK)
    stale = {"priority": "3", "note": "人已离开", "version": "0"}
    assert client.post(url(one, "set_priority/"), stale).status_code == 422
    client.post(url(one, "set_priority/"), {**stale, "version": "1"})
    client.post(url(one, "remark/"), {"note": "家长在门口"})
    client.post(url(one, "answer_cards/"), {"card-x": "yes"})
    client.post(url(two, "merge/"), {"into": str(one.id)})
    assert verbs(one) == ["open", "set_priority", "remark", "add_report"]
    assert Incident.objects.get(pk=two.pk).merged_into_id == one.pk
    page = client.get(url(two))
    assert url(one) in page.text


def test_the_phone_shows_the_order_and_its_next_step(room: Room) -> None:
    unit, phone = room.units["first"], room.client("first_member")
    incident = room.incident(brief="一人翻墙")
    [sent] = room.send(incident, "first")
    assert phone.get("/dispatch/unit/").url == f"/dispatch/unit/{unit.id}/"
    for state, step in [("assigned", "accept"), ("accepted", "set_out"), ("en_route", "arrive")]:
        page = phone.get(f"/dispatch/unit/{unit.id}/")
        assert "一人翻墙" in page.text
        assert page.context["orders"][0][1][0] == step
        assert Assignment.objects.get(pk=sent.pk).state == state
        answer = f"/dispatch/assignments/{sent.id}/{step}/"
        assert phone.post(answer, {"from": "phone"}).url == f"/dispatch/unit/{unit.id}/"
    phone.post(f"/dispatch/assignments/{sent.id}/finish/", {"from": "phone", "note": "完"})
    page = phone.get(f"/dispatch/unit/{unit.id}/")
    assert page.context["orders"] == []
    assert "龙门里小学" not in page.text


def test_the_phone_keeps_the_shift_and_tells_its_place(room: Room) -> None:
    unit, phone = room.units["first"], room.client("first_leader")
    here = f"/dispatch/unit/{unit.id}/"
    fixes = {
        "fixes": [{"lng": 102.2, "lat": 38.5, "accuracy": 8, "at": timezone.now().isoformat()}]
    }

    def tell(body: object) -> int:
        answer = phone.post(f"{here}positions/", json.dumps(body), content_type="application/json")
        return int(answer.status_code)

    assert tell(fixes) == 409
    phone.post(f"{here}share/")
    assert tell(fixes) == 200
    assert tell({"fixes": [{"lng": "x"}]}) == tell([]) == 400
    assert Spot.objects.get(unit=unit).longitude == 102.2
    phone.post(f"{here}end/")
    assert DispatchUnit.objects.get(pk=unit.id).status == "off_duty"
    phone.post(f"{here}begin/", {"hours": "12"})
    assert DispatchUnit.objects.get(pk=unit.id).status == "available"


def test_who_may_open_what(room: Room) -> None:
    incident, unit = room.incident(), room.units["first"]
    pages = {
        "/dispatch/": {DESK, "director"},
        url(incident): {DESK, "director"},
        url(incident, "review/"): {DESK, "director"},
        "/dispatch/units/": {DESK, "director", "administrator"},
        f"/dispatch/units/{unit.id}/": {DESK, "director", "administrator"},
        "/dispatch/settings/": {"director", "administrator"},
        "/dispatch/figures/": {DESK, "director"},
        f"/dispatch/unit/{unit.id}/": {"first_leader"},
    }
    people = [DESK, "director", "administrator", "first_leader", "clerk", "third_member"]
    for path, allowed in pages.items():
        found = {who for who in people if room.client(who).get(path).status_code == 200}
        assert found == allowed, path
    assert room.client("director").get("/dispatch/settings/targets/").status_code == 200


def test_a_unit_is_kept_on_its_page(room: Room) -> None:
    client, unit = room.client(DESK), room.units["first"]
    here = f"/dispatch/units/{unit.id}/"
    client.post(f"{here}take_out/", {"why": "修车"})
    assert room.unit("first").status == "out_of_service"
    client.post(f"{here}put_back/")
    client.post(f"{here}begin/", {"hours": "8"})
    assert room.unit("first").status == "available"
    given = {
        "name": "一队", "kind": "patrol", "mode": "foot", "area": unit.area_id,
        "skills": ["first_aid"], "equipment": ["aed"],
    }  # fmt: skip
    assert client.post(here, given).status_code == 302
    assert room.unit("first").equipment == ["aed"]
    assert client.post(here, {**given, "name": ""}).status_code == 422
    new = {**given, "team": str(room.cast.justice.id), "kind": "police", "name": "联络"}
    assert client.post("/dispatch/units/found/", new).status_code == 302
    assert DispatchUnit.objects.get(team=room.cast.justice).shared


def test_the_desk_is_handed_over(room: Room) -> None:
    make_user("night", "dispatcher", "6203", room.cast.posts["6203"])
    room.cast.users["night"] = room.cast.users[DESK].__class__.objects.get(username="night")
    incident = room.incident()
    client = room.client(DESK)
    assert client.post("/dispatch/handover/", {"taker": ""}).status_code == 422
    client.post(
        "/dispatch/handover/", {"taker": str(room.cast.users["night"].id), "note": "看住门"}
    )
    incident.case.refresh_from_db()
    assert incident.case.handler == room.cast.users["night"]
    assert Handover.objects.get().incidents == [str(incident.id)]
    assert "看住门" in room.client("night").get("/dispatch/handover/").text
    assert verbs(incident)[-1] == "hand_over"


def test_an_area_left_bare_asks_for_a_unit(room: Room) -> None:
    put_on_map()
    client = room.client(DESK)
    assert client.get("/dispatch/").context["bare"] == []
    room.send(room.incident(), "third")
    [bare] = client.get("/dispatch/").context["bare"]
    assert (bare.name, bare.unit_name) == ("广州路街道", "second队")
    client.post(f"/dispatch/cover/{bare.unit}/", {"area": bare.area})
    assert room.unit("second").standby_id == bare.area
    assert client.get("/dispatch/").context["bare"] == []


def test_the_list_asks_the_same_however_long_it_is(room: Room) -> None:
    client = room.client(DESK)
    room.send(room.incident(), "first")
    client.get("/dispatch/")
    with CaptureQueriesContext(connection) as few:
        client.get("/dispatch/")
    for _n in range(4):
        room.incident()
    with CaptureQueriesContext(connection) as many:
        client.get("/dispatch/")
    assert len(many) == len(few)
