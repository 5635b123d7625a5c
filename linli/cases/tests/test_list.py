"""The list: filters, pages, counts, saved filters, bulk assign, print; and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.accounts.scope import acting
from linli.cases.actions.assign import assign_case
from linli.cases.models import Case, Event, SavedFilter
from linli.cases.queries import listing
from linli.cases.queries.listing import page, total
from linli.cases.queries.selection import BY_DEADLINE, Selection
from tests.cast import (
    BEIJING_ROAD,
    COUNTY,
    GRID,
    LONGMENLI,
    NEIGHBOUR_VILLAGE,
    OTHER_VILLAGE,
    TUESDAY,
    Cast,
    make_case,
    make_cast,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(cast: Cast, name: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
    return client


def found(cast: Cast, name: str, **filters: Any) -> list[str]:
    """Return the titles a person's list shows."""
    actor = cast.actor(name)
    with acting(actor):
        shown = page(actor, Selection(**filters), now=TUESDAY)
        counted = total(actor, Selection(**filters), shown, TUESDAY)
    assert counted.exact
    assert counted.number == len(shown.rows)
    return [row.title for row in shown.rows]


def test_each_filter_by_itself(cast: Cast) -> None:
    leak = make_case(cast, title="楼上漏水", at=TUESDAY - timedelta(days=2))
    make_case(cast, title="路灯不亮", kind="request", category="infrastructure", channel="phone",
              area=NEIGHBOUR_VILLAGE, at=TUESDAY - timedelta(days=1))  # fmt: skip
    make_case(cast, title="楼道堆物", kind="hazard", category="fire", area=GRID, high_risk=True)
    assign_case(leak.id, actor=cast.actor("clerk"), at=TUESDAY, handler=cast.users["mediator"].id)
    assert found(cast, "clerk") == ["楼道堆物", "路灯不亮", "楼上漏水"]
    assert found(cast, "clerk", area=LONGMENLI) == ["楼道堆物", "楼上漏水"]
    assert found(cast, "clerk", kind="request") == ["路灯不亮"]
    assert found(cast, "clerk", category="fire") == ["楼道堆物"]
    assert found(cast, "clerk", state="assigned") == ["楼上漏水"]
    assert found(cast, "clerk", state="done") == []
    assert len(found(cast, "clerk", state="open")) == 3
    assert found(cast, "clerk", level="village") == ["楼上漏水"]
    assert "楼道堆物" in found(cast, "clerk", light="red")
    assert found(cast, "clerk", light="green") == []
    assert found(cast, "clerk", channel="phone") == ["路灯不亮"]
    assert found(cast, "clerk", handlers=(cast.users["mediator"].id,)) == ["楼上漏水"]
    assert found(cast, "clerk", handlers=()) == []
    assert found(cast, "clerk", units=(cast.posts[LONGMENLI].id,)) == ["楼上漏水"]
    assert found(cast, "clerk", since=TUESDAY.date()) == ["楼道堆物"]
    assert found(cast, "clerk", until=(TUESDAY - timedelta(days=2)).date()) == ["楼上漏水"]
    assert found(cast, "clerk", number=leak.number) == ["楼上漏水"]


def test_overdue_is_what_the_clock_says(cast: Cast) -> None:
    make_case(cast, at=TUESDAY - timedelta(days=30))
    make_case(cast, title="刚来的", at=TUESDAY)
    assert found(cast, "clerk", overdue=True) == ["楼上漏水引发邻里纠纷"]
    assert found(cast, "clerk", order=BY_DEADLINE)[0] == "楼上漏水引发邻里纠纷"


@pytest.mark.parametrize("order", ["newest", BY_DEADLINE])
def test_words_combine_with_every_other_filter(cast: Cast, order: str) -> None:
    make_case(cast, title="楼上漏水泡坏天花板")
    make_case(cast, title="屋顶漏水，物业不管", kind="request", category="infrastructure")
    make_case(cast, title="水漏了一地")
    make_case(cast, title="漏水 广文里", area=OTHER_VILLAGE, by="neighbour_clerk")
    assert set(found(cast, "clerk", words="漏水", order=order)) == {
        "楼上漏水泡坏天花板",
        "屋顶漏水，物业不管",
    }
    assert found(cast, "clerk", words="漏水", kind="request", order=order) == ["屋顶漏水，物业不管"]
    assert found(cast, "clerk", words="漏水 物业", order=order) == ["屋顶漏水，物业不管"]
    assert found(cast, "clerk", words="漏水物业", order=order) == ["屋顶漏水，物业不管"]
    assert found(cast, "clerk", words="漏水", state="closed", order=order) == []
    assert found(cast, "clerk", words="漏水", area=NEIGHBOUR_VILLAGE, order=order) == []
    assert found(cast, "neighbour_clerk", words="漏水", order=order) == ["漏水 广文里"]
    assert len(found(cast, "county_clerk", words="漏水", order=order)) == 3
    assert found(cast, "clerk", words="'; DROP TABLE cases_case; --", order=order) == []


@pytest.mark.parametrize("words", ["", "漏水"])
@pytest.mark.parametrize("order", ["newest", BY_DEADLINE])
def test_pages_go_both_ways_and_miss_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, words: str, order: str
) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    for number in range(8):
        # Two at each moment: the id decides.
        at = TUESDAY + timedelta(minutes=number // 2)
        make_case(cast, title=f"漏水第{number}件", at=at)
    for number in range(3):  # with the clerk's desk, outside the clerk's area
        make_case(cast, title=f"漏水外{number}", area=OTHER_VILLAGE, at=TUESDAY)
    actor, selection = cast.actor("clerk"), Selection(words=words, order=order)
    with acting(actor):
        pages, after = [], ""
        while True:
            shown = page(actor, selection, now=TUESDAY, after=after)
            pages.append(shown)
            if shown.after is None:
                break
            after = shown.after
        ids = [row.id for one in pages for row in one.rows]
        assert len(ids) == len(set(ids)) == 11
        assert [row.at for one in pages for row in one.rows] == sorted(
            (row.at for one in pages for row in one.rows), reverse=order == "newest"
        )
        back = pages[-1]
        for earlier in reversed(pages[:-1]):
            assert back.before is not None
            back = page(actor, selection, now=TUESDAY, before=back.before)
            assert [row.id for row in back.rows] == [row.id for row in earlier.rows]
        assert back.before is None


def test_the_page_says_how_many_there_are(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(5):
        make_case(cast)
    monkeypatch.setattr(listing, "PAGE", 2)
    assert "5 cases" in signed_in(cast, "clerk").get("/cases/").text
    monkeypatch.setattr(listing, "COUNTED", 3)
    assert "more than 3 cases" in signed_in(cast, "clerk").get("/cases/").text


def test_the_page_costs_six_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(101):
        make_case(cast, title=f"第{number}件")
    client = signed_in(cast, "clerk")
    client.get("/cases/")
    # In a test the view's transaction is a savepoint and its role is given back: three more.
    with django_assert_max_num_queries(6 + 3):
        answer = client.get("/cases/?state=open&area=620302003")
    assert answer.text.count('class="row-link"') == 100


def test_a_bad_filter_is_explained_and_kept(cast: Cast) -> None:
    client = signed_in(cast, "clerk")
    answer = client.get("/cases/?since=yesterday&q=x")
    assert answer.status_code == 422
    assert 'value="yesterday"' in answer.text
    assert "at least two characters" in answer.text
    assert client.get("/cases/?after=nonsense").status_code == 422
    assert client.get("/cases/?state=nonsense").status_code == 422


def test_a_title_is_shown_as_text(cast: Cast) -> None:
    make_case(cast, title="<script>alert(1)</script>")
    page_text = signed_in(cast, "clerk").get("/cases/").text
    assert "<script>alert" not in page_text
    assert "&lt;script&gt;alert(1)" in page_text


def test_nobody_sees_the_list_without_signing_in() -> None:
    assert Client().get("/cases/").status_code == 302


def test_filters_are_kept_renamed_and_deleted(cast: Cast) -> None:
    client = signed_in(cast, "clerk")
    answer = client.post("/cases/filters/save/", {"name": "超期", "query": "overdue=on&before=x"})
    assert answer["Location"] == "/cases/?overdue=on"
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("超期", "overdue=on")
    assert "超期" in client.get("/cases/").text
    client.post(f"/cases/filters/{kept.id}/rename/", {"name": "要催的"})
    assert "要催的" in client.get("/cases/filters/").text
    refused = client.post(f"/cases/filters/{kept.id}/rename/", {"name": ""})
    assert refused.status_code == 422
    other = signed_in(cast, "neighbour_clerk")
    assert "要催的" not in other.get("/cases/filters/").text
    assert other.post(f"/cases/filters/{kept.id}/delete/").status_code == 404
    client.post(f"/cases/filters/{kept.id}/delete/")
    assert not SavedFilter.objects.exists()
    assert client.post("/cases/filters/save/", {"name": "x", "query": ""}).status_code == 422


def test_many_are_assigned_and_each_is_told_about(cast: Cast) -> None:
    ready, other = make_case(cast, title="可分派"), make_case(cast, title="已撤回", by="clerk")
    Case.objects.filter(pk=other.pk).update(state="withdrawn")
    foreign = make_case(cast, title="别处的", area=OTHER_VILLAGE, by="neighbour_clerk")
    client = signed_in(cast, "clerk")
    chosen = [str(case.id) for case in (ready, other, foreign)]
    asked = client.get("/cases/assign/", {"case": chosen})
    assert "可分派" in asked.text
    assert "别处的" not in asked.text
    answer = client.post("/cases/assign/", {"case": chosen, "unit": "", "note": "请尽快"})
    assert "1 of 2 cases assigned" in answer.text
    assert "Not assigned:" in answer.text
    ready.refresh_from_db()
    assert (ready.state, ready.holder.area_id) == ("assigned", LONGMENLI)
    assert Event.objects.filter(case=ready, verb="assign", note__text="请尽快").exists()
    foreign.refresh_from_db()
    assert foreign.state == "registered"


def test_only_desks_assign_many(cast: Cast) -> None:
    case = make_case(cast)
    answer = signed_in(cast, "mediator").post("/cases/assign/", {"case": [str(case.id)]})
    assert answer.status_code == 403
    assert "Assign those chosen" not in signed_in(cast, "mediator").get("/cases/").text


def test_a_list_is_printed(cast: Cast) -> None:
    make_case(cast)
    text = signed_in(cast, "clerk").get(f"/cases/print/?area={BEIJING_ROAD}").text
    assert "楼上漏水引发邻里纠纷" in text
    assert "data-print" in text


def test_me_and_names_and_numbers_are_understood(cast: Cast) -> None:
    case = make_case(cast, at=timezone.now())
    assign_case(
        case.id, actor=cast.actor("clerk"), at=timezone.now(), handler=cast.users["mediator"].id
    )
    client = signed_in(cast, "clerk")
    for query in (f"q={case.number}", f"q={case.number[-6:]}", "handler=mediator", "unit=龙门里"):
        assert case.number in client.get(f"/cases/?{query}").text, query
    assert case.number not in client.get("/cases/?mine=on").text
    assert case.number in signed_in(cast, "mediator").get("/cases/?mine=on").text
    assert case.number not in client.get("/cases/?handler=nobody").text
    assert case.number in signed_in(cast, "county_clerk").get(f"/cases/?area={COUNTY}").text
