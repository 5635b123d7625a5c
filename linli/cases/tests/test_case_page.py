"""The case page: what it shows to whom, its timeline in pages, links, paper, and what it costs."""

from typing import Any

import pytest

from linli.cases.actions.progress import progress_case
from linli.cases.models import Link
from linli.cases.queries.case import EVENTS_A_PAGE
from linli.cases.tests.desk import EVERYBODY, STATES, Desk, text_of
from tests.cast import OTHER_VILLAGE


@pytest.mark.parametrize("state", STATES)
def test_one_primary_button_and_a_link_for_each_verb(desk: Desk, state: str) -> None:
    case = desk.at(state, latitude=38.5, longitude=102.2)
    for name in ("mediator", "director", "clerk"):
        page = text_of(desk.client(name).get(f"/cases/{case.id}/"))
        offered = desk.offered_to(name, case)
        for verb in offered:
            assert f'="/cases/{case.id}/{verb}/"' in page
        if offered:
            assert page.count("button button-primary") <= 1


def test_who_sees_it(desk: Desk) -> None:
    case = desk.at("handling")
    seen = {n for n in EVERYBODY if desk.client(n).get(f"/cases/{case.id}/").status_code == 200}
    assert {"clerk", "director", "mediator", "county_clerk", "city_dispatcher"} <= seen
    assert not {"neighbour_clerk", "officer", "grid_worker", "auditor", "administrator"} & seen


def test_long_timelines_come_in_pages(desk: Desk) -> None:
    case = desk.at("handling")
    for number in range(EVENTS_A_PAGE):
        desk.do("mediator", progress_case, case, note=f"第{number}次走访")
    client = desk.client("mediator")
    page = client.get(f"/cases/{case.id}/")
    assert f"第{EVENTS_A_PAGE - 1}次走访" in text_of(page)
    older = page.context["older"]
    rest = client.get(f"/cases/{case.id}/?before={older}")
    assert rest.context["older"] is None
    assert len(rest.context["entries"]) == 3, "accept, assign, register"
    assert client.get(f"/cases/{case.id}/?before=nonsense").status_code == 200


def test_linking_and_taking_the_link_away(desk: Desk) -> None:
    case, other = desk.at("handling"), desk.at("handling", title="同一院墙")
    client, address = desk.client("mediator"), f"/cases/{case.id}/links/"
    assert client.post(address, {"number": other.number}).status_code == 302
    for page in (case, other):
        assert (other if page == case else case).number in text_of(client.get(f"/cases/{page.id}/"))
    assert client.post(address, {"number": other.number}).status_code == 409
    assert client.post(address, {"number": case.number}).status_code == 422
    link = Link.objects.get()
    assert client.post(f"{address}{link.id}/unlink/").status_code == 302
    assert client.post(f"{address}{link.id}/unlink/").status_code == 404


def test_a_case_out_of_sight_is_neither_linked_nor_named(desk: Desk) -> None:
    case, hidden = desk.at("handling"), desk.at("assigned", area=OTHER_VILLAGE, title="别处的事")
    address = f"/cases/{case.id}/links/"
    answer = desk.client("mediator").post(address, {"number": hidden.number})
    assert answer.status_code == 422
    Link.objects.create(case=hidden, other=case, kind="related")
    page = text_of(desk.client("mediator").get(f"/cases/{case.id}/"))
    assert hidden.number not in page
    assert "别处的事" not in page


def test_paper_and_point(desk: Desk) -> None:
    case = desk.at("handling", latitude=38.52, longitude=102.188)
    client = desk.client("mediator")
    paper = client.get(f"/cases/{case.id}/print/")
    assert case.number in text_of(paper)
    page = text_of(client.get(f"/cases/{case.id}/"))
    assert f'data-shapes="/areas/shapes.json?within={case.area_id}"' in page
    points = client.get(f"/cases/{case.id}/point.json").json()["points"]
    assert points[0][:2] == [102.188, 38.52]
    assert desk.client("officer").get(f"/cases/{case.id}/point.json").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_reads_in_both_languages(desk: Desk, language: str) -> None:
    case = desk.at("asking")
    client = desk.client("director")
    page = text_of(client.get(f"/cases/{case.id}/", headers={"Accept-Language": language}))
    assert ("Timeline" in page) == (language == "en")
    assert ("办理过程" in page) == (language != "en")


@pytest.mark.parametrize("name", ["mediator", "director", "officer"])
def test_it_costs_few_queries(desk: Desk, name: str, django_assert_max_num_queries: Any) -> None:
    case = desk.at("handling")
    desk.done("mediator", case, "assist", unit=desk.cast.justice.id)
    client = desk.client(name)
    client.get(f"/cases/{case.id}/")
    with django_assert_max_num_queries(16):
        client.get(f"/cases/{case.id}/")
