"""The workbench: what each role must do now, in order of deadline, and nothing that is not theirs."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from linli.accounts.models import Leave
from linli.accounts.scope import acting
from linli.cases.queries.workbench import Section, _sections, _told, workbench
from linli.cases.tests.desk import EVERYBODY, Desk, text_of
from tests.cast import LONGMENLI, TUESDAY


def sections(desk: Desk, name: str) -> dict[str, list[str]]:
    """Return the filled sections of a person's workbench: name → titles in order."""
    actor = desk.cast.actor(name)
    with acting(actor):
        found = workbench(actor, timezone.now())
    return {section.name: [row.title for row in section.rows] for section in found if section.rows}


def test_each_sees_what_waits_for_them(desk: Desk) -> None:
    desk.at("registered", title="登记未派")
    desk.at("assigned", title="待接收")
    desk.at("returned", title="退回")
    desk.at("thrice returned", title="三次退回")
    desk.at("handling", title="在办")
    desk.at("asking", title="申请延期")
    desk.at("resolved", title="待回访")
    desk.at("closed", title="已结案")
    assert sections(desk, "mediator") == {
        "mine": ["在办", "申请延期"], "accept": ["待接收"], "follow_up": ["待回访"],
    }  # fmt: skip
    assert sections(desk, "second_mediator") == {"accept": ["待接收"], "follow_up": ["待回访"]}
    assert sections(desk, "clerk") == {"desk": ["登记未派"], "returned": ["退回"]}
    director = sections(desk, "director")
    assert director["designate"] == ["三次退回"]
    assert director["extensions"] == ["申请延期"]
    assert sections(desk, "officer") == {}
    assert sections(desk, "neighbour_clerk") == {}


def test_the_earliest_deadline_stands_first_and_the_light_is_a_word(desk: Desk) -> None:
    desk.at("assigned", title="缓")
    desk.at("assigned", title="急", urgency="danger")
    assert sections(desk, "mediator")["accept"] == ["急", "缓"]
    with time_machine.travel(TUESDAY + timedelta(hours=1)):
        page = text_of(desk.client("mediator").get("/"))
    assert page.index("急") < page.index("缓")
    assert "light-red" in page


def test_a_stand_in_sees_and_handles_the_cases_of_whom_is_away(desk: Desk) -> None:
    case = desk.at("handling", title="休假人的事项")
    users, today = desk.cast.users, timezone.localdate()
    Leave.objects.create(
        user=users["mediator"], starts=today, ends=today, stand_in=users["second_mediator"]
    )
    page = text_of(desk.client("second_mediator").get("/"))
    assert "休假人的事项" in page
    desk.done("second_mediator", case, "progress", note="代为走访")


def test_helpers_see_what_they_help_with(desk: Desk) -> None:
    case = desk.at("handling", title="请协办")
    desk.done("mediator", case, "assist", unit=desk.cast.justice.id)
    assert sections(desk, "officer") == {"helping": ["请协办"]}


def test_an_empty_workbench_says_what_to_do(desk: Desk) -> None:
    page = text_of(desk.client("clerk").get("/"))
    assert "/cases/new/" in page
    assert 'class="state"' in page


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_those_without_cases_are_led_to_their_own_page(desk: Desk, name: str) -> None:
    answer = desk.client(name).get("/")
    assert answer.status_code == 302
    assert answer["Location"] != "/"


def test_the_refresh_brings_the_part_alone(desk: Desk) -> None:
    desk.at("assigned")
    answer = text_of(desk.client("mediator").get("/", headers={"HX-Request": "true"}))
    assert answer.lstrip().startswith('<div class="stack stack-wide" id="workbench"')


def test_every_quick_accept_is_possible(desk: Desk) -> None:
    case = desk.at("assigned")
    for name in EVERYBODY:
        page = text_of(desk.client(name).get("/"))
        assert (f"/cases/{case.id}/accept/" in page) == ("accept" in desk.offered_to(name, case))


def test_the_count_goes_on_where_the_rows_end(desk: Desk) -> None:
    for _ in range(23):
        desk.at("registered")
    page = text_of(desk.client("clerk").get("/", headers={"Accept-Language": "en"}))
    assert "The 20 most urgent of 23." in page


def test_what_is_shown_is_the_most_urgent_and_what_is_counted_ends_somewhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    for title in ("缓", "急", "再缓"):
        desk.at("assigned", title=title, urgency="danger" if title == "急" else "normal")
    actor = desk.cast.actor("mediator")

    def accept(rows: int, counted: int) -> Section:
        monkeypatch.setattr("linli.cases.queries.workbench.ROWS", rows)
        monkeypatch.setattr("linli.cases.queries.workbench.COUNTED", counted)
        with acting(actor):
            found = workbench(actor, timezone.now())
        return next(section for section in found if section.name == "accept")

    some = accept(rows=2, counted=3)
    assert [row.title for row in some.rows] == ["急", "缓"]
    assert (some.total, some.count, some.more) == (3, "3", True)
    monkeypatch.undo()
    few = accept(rows=1, counted=1)
    assert [row.title for row in few.rows] == ["急"]
    assert (few.total, few.is_capped) == (2, True)
    with acting(actor), django_assert_num_queries(2):
        workbench(actor, timezone.now())


def test_where_nothing_waits_no_row_is_asked_for(
    desk: Desk, django_assert_num_queries: Any
) -> None:
    actor = desk.cast.actor("mediator")
    with acting(actor), django_assert_num_queries(1):
        found = workbench(actor, timezone.now())
    assert found
    assert not any(section.total or section.rows for section in found)


def test_it_costs_few_queries(desk: Desk, django_assert_max_num_queries: Any) -> None:
    desk.at("asking")
    client = desk.client("director")
    client.get("/")
    # Session, person, scope and its end, the savepoint's two: the few left read it all.
    with django_assert_max_num_queries(13):
        client.get("/")
    assert desk.cast.posts[LONGMENLI]


@pytest.mark.parametrize(
    ("name", "section", "index"),
    [
        ("city_director", "supervised", "case_supervised_due"),
        ("city_director", "accept", "case_holder_due"),
        ("city_director", "told", "case_told"),
        ("mediator", "follow_up", "case_follow_up_due"),
    ],
)
def test_the_first_rows_come_from_an_index_in_order(
    desk: Desk, name: str, section: str, index: str
) -> None:
    """However many there are, no more are read than are shown."""
    actor = desk.cast.actor(name)
    statement, given = _told(dict(_sections(actor)))[section]
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;"
            " SET LOCAL enable_sort = off"
        )
        cursor.execute(f"EXPLAIN {statement} ORDER BY 2 LIMIT 20", given)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
    assert "Sort" not in plan
