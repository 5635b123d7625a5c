"""The pages of reading and its API: the panel of the intake form, the lists, the versions."""

from typing import Any

import pytest

from linli.audit.models import Entry
from linli.cases.models import Case
from linli.cases.tests.desk import Desk, text_of
from linli.reading.models import Keyword, PlaceAlias, Policy, UrgencyWord
from linli.reading.queries import tables
from linli.reading.tests.test_learning import handled
from tests.cast import LONGMENLI

PANEL = "/reading/propose/"
LISTS = ("/reading/", "/reading/words/", "/reading/urgency/", "/reading/places/")


def test_the_intake_form_has_the_panel_and_what_it_says(desk: Desk) -> None:
    client = desk.client("clerk")
    assert 'data-island="reading"' in client.get("/cases/new/").content.decode()
    answer = client.post(PANEL, {"title": "楼上漏水", "description": "龙门里3号楼，电线漏电"})
    page = answer.content.decode()
    assert answer.status_code == 200
    for said in (
        'data-value="neighbour"',
        'data-value="danger"',
        f'data-value="{LONGMENLI}"',
        "<q>楼上漏水</q>",
    ):
        assert said in page
    assert "data-take-over" in page
    assert client.post(PANEL, {"title": "嗯"}).content.decode().strip() == ""


def test_markup_in_a_text_is_no_markup_on_the_page(desk: Desk) -> None:
    Keyword.objects.create(word="<b>漏", kind="dispute", category_id="neighbour", weight=3)
    Keyword.objects.create(word="\"'>漏", kind="dispute", category_id="neighbour", weight=3)
    page = desk.client("clerk").post(PANEL, {"title": "\"'>漏<script>"}).content.decode()
    assert "<script" not in page
    assert "<q>\"'>" not in page


@pytest.mark.parametrize("name", ["auditor", "administrator", "officer"])
def test_who_takes_nothing_in_asks_nothing(desk: Desk, name: str) -> None:
    assert desk.client(name).post(PANEL, {"title": "楼上漏水"}).status_code == 403


def test_the_administrator_keeps_the_lists(desk: Desk) -> None:
    client = desk.client("administrator")
    for page in LISTS:
        assert client.get(page).status_code == 200
    client.post("/reading/words/", {"word": "窜烟", "target": "dispute:neighbour", "weight": "3"})
    client.post("/reading/urgency/", {"word": "闻到臭鸡蛋味", "urgency": "danger"})
    client.post("/reading/places/", {"alias": "老电影院", "area": LONGMENLI})
    assert Keyword.objects.get(word="窜烟").category_id == "neighbour"
    tables.forget()
    page = (
        desk.client("clerk").post(PANEL, {"title": "老电影院窜烟，闻到臭鸡蛋味"}).content.decode()
    )
    for said in ("neighbour", "danger", LONGMENLI):
        assert f'data-value="{said}"' in page
    for name, model in (("keywords", Keyword), ("urgency", UrgencyWord), ("places", PlaceAlias)):
        word: Any = model.objects.order_by("-pk").first()
        assert client.post(f"/reading/{name}/{word.pk}/drop/").status_code == 302
        assert not model.objects.filter(pk=word.pk).exists()
        assert client.post(f"/reading/{name}/{word.pk}/drop/").status_code == 404
    assert client.post("/reading/none/1/drop/").status_code == 404
    assert Entry.objects.filter(event__startswith="reading.").count() == 6


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("/reading/words/", {"word": "窜", "target": "dispute:neighbour", "weight": "3"}),
        ("/reading/words/", {"word": "窜烟", "target": "dispute:none", "weight": "3"}),
        ("/reading/words/", {"word": "窜烟", "target": "dispute:neighbour", "weight": "9"}),
        ("/reading/urgency/", {"word": "窜烟", "urgency": "normal"}),
        ("/reading/places/", {"alias": "电影院", "area": "999"}),
        ("/reading/", {"threshold": "10"}),
    ],
)
def test_what_cannot_be_taken_is_said(desk: Desk, page: str, form: dict[str, str]) -> None:
    assert desk.client("administrator").post(page, form).status_code == 422


def test_the_threshold_decides_when_it_asks(desk: Desk) -> None:
    client = desk.client("administrator")
    client.post("/reading/", {"threshold": "99"})
    assert Policy.objects.get().threshold == 99
    tables.forget()
    answer = client.post("/reading/", {"text": "楼上漏水"})
    assert "邻里" in text_of(answer)


def test_below_the_threshold_the_case_page_asks_and_takes_the_answer(desk: Desk) -> None:
    desk.client("administrator").post("/reading/", {"threshold": "99"})
    tables.forget()
    case = desk.at("handling", category=None, title="楼上漏水，天花板湿了", description="")
    shown = text_of(desk.client("mediator").get(f"/cases/{case.id}/"))
    assert 'name="answer" value="neighbour"' in shown
    form = {"answer": "neighbour", "version": case.version}
    desk.client("mediator").post(f"/cases/{case.id}/proposal/take-over/", form)
    assert Case.objects.get(pk=case.id).category_id == "neighbour"


def test_learning_and_switching_from_the_page(desk: Desk) -> None:
    from linli.reading.tasks import learn_now

    client = desk.client("administrator")
    handled(desk, 240)
    assert client.post("/reading/learn/").status_code == 302
    assert client.post("/reading/learn/").status_code == 422, "one waits already"
    learn_now()
    assert client.get("/reading/versions/1/").status_code == 200
    assert client.get("/reading/versions/9/").status_code == 404
    assert client.post("/reading/versions/1/on/").status_code == 302
    assert "lit-green" in client.get("/reading/").content.decode()
    assert client.post("/reading/off/").status_code == 302


@pytest.mark.parametrize("name", ["clerk", "city_director", "mediator", "auditor"])
def test_nobody_else_sees_or_changes_them(desk: Desk, name: str) -> None:
    client = desk.client(name)
    for page in LISTS:
        assert client.get(page).status_code == 403
    for page in ("/reading/learn/", "/reading/off/", "/reading/versions/1/on/"):
        assert client.post(page).status_code == 403


def test_the_api(desk: Desk) -> None:
    client = desk.client("clerk")
    body = {"title": "楼上漏水", "text": "龙门里社区3号楼，停水两天"}
    answer = client.post("/api/v1/proposals", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["category"]["value"] == "neighbour"
    assert found["category"]["words"]
    assert found["area"]["value"] == LONGMENLI
    assert found["urgency"]["value"] == "utility"
    assert found["handler"]["name"] == "龙门里社区"
    assert found["version"] is None
    unknown = client.post(
        "/api/v1/proposals", {"text": "嗯"}, content_type="application/json"
    ).json()
    assert (unknown["kind"], unknown["handler"]) == (None, None)
    long = {"text": "长" * 8001}
    assert (
        client.post("/api/v1/proposals", long, content_type="application/json").status_code == 422
    )
