"""A case without a category is proposed for; what people choose becomes a lesson and is counted."""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.accounts.scope import acting
from linli.audit.reactions import Reaction
from linli.cases.actions.classify import classify_case
from linli.cases.models import Case
from linli.cases.tests.desk import Desk, text_of
from linli.reading.actions.read import read, read_all, read_many, settle
from linli.reading.models import Lesson, Proposed
from linli.reading.queries.overview import shares
from linli.reading.tasks import read_registered_all
from linli.site.reactions import REACTIONS

LEAK: dict[str, Any] = {"kind": "request", "category": None, "title": "楼上漏水的邻里纠纷"}


def lessons(case: Case) -> dict[str, tuple[str, str]]:
    rows = Lesson.objects.filter(case=case)
    return {row.field: (row.proposed, row.chosen) for row in rows}


def test_the_reactions_stand_in_the_table() -> None:
    assert Reaction(
        "linli.reading.tasks.read_registered_all", "gathered",
        imported="linli.reading.tasks.read_registered_many",
    ) in REACTIONS["case.register"]  # fmt: skip
    assert Reaction("linli.reading.tasks.settle_classified", "queued") in REACTIONS["case.classify"]


def test_a_case_without_category_gets_a_proposal_and_taking_it_over_is_a_lesson(desk: Desk) -> None:
    case = desk.at("assigned", **LEAK)
    read(case.id, at=timezone.now())
    page = text_of(desk.client("mediator").get(f"/cases/{case.id}/"))
    assert "漏水" in page
    assert "邻里" in page
    form = {"field": ["category", "kind"], "version": str(case.version)}
    answer = desk.client("mediator").post(f"/cases/{case.id}/proposal/take-over/", form)
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.kind, case.category_id) == ("dispute", "neighbour")
    settle(case.id, at=timezone.now())
    assert lessons(case)["category"] == ("neighbour", "neighbour")
    assert lessons(case)["kind"] == ("dispute", "dispute")
    assert not Proposed.objects.exists()
    assert (
        "reading-heading" not in desk.client("mediator").get(f"/cases/{case.id}/").content.decode()
    )


def test_what_somebody_chose_otherwise_is_kept(desk: Desk) -> None:
    case = desk.at("assigned", **LEAK)
    read(case.id, at=timezone.now())
    desk.do("mediator", classify_case, case, kind="dispute", category="property")
    settle(case.id, at=timezone.now())
    assert lessons(case)["category"] == ("neighbour", "property")
    desk.do("mediator", classify_case, case, kind="dispute", category="damages")
    settle(case.id, at=timezone.now())
    assert lessons(case)["category"] == ("neighbour", "damages")


def test_a_case_registered_with_a_category_is_a_lesson_at_once(desk: Desk) -> None:
    case = desk.at("registered", title="楼上漏水的邻里纠纷", urgency="danger")
    read(case.id, at=timezone.now())
    read(case.id, at=timezone.now())
    found = lessons(case)
    assert found["category"] == ("neighbour", "neighbour")
    assert found["urgency"] == ("normal", "danger")


def test_shares_are_counted_for_who_sees_no_case(desk: Desk) -> None:
    for title, category in (("楼上漏水的邻里纠纷", "neighbour"), ("隔壁漏水邻里", "property")):
        read(desk.at("registered", title=title, category=category).id, at=timezone.now())
    with acting(desk.cast.actor("administrator")):
        assert not Lesson.objects.exists(), "an administrator reads no case"
        found = {one.label: one for one in shares(timezone.now())}
    by_count = sorted((one.proposed, one.accepted) for one in found.values())
    assert (2, 1) in by_count


def test_an_import_is_read_at_once_and_teaches_nothing(desk: Desk) -> None:
    cases = [desk.at("registered", **LEAK), desk.at("registered", title="楼上漏水的邻里纠纷")]
    read_many([case.id for case in cases], at=timezone.now())
    assert [one.case_id for one in Proposed.objects.all()] == [cases[0].id]
    assert not Lesson.objects.exists()


def test_many_are_read_as_each_is_with_one_statement_for_all_lessons(
    desk: Desk, django_assert_num_queries: Any
) -> None:
    chosen = [desk.at("registered", title="楼上漏水的邻里纠纷", urgency="danger") for _ in "1234"]
    undecided = desk.at("registered", **LEAK)
    read(chosen[0].id, at=timezone.now())
    expected = lessons(chosen[0])
    with django_assert_num_queries(4):
        # The transaction's two, the cases, the lessons; those that are known go with them.
        read_all([case.id for case in chosen] + [UUID(int=1)], at=timezone.now())
    assert [lessons(case) for case in chosen] == [expected] * 4
    read_registered_all([str(undecided.id)])
    assert [one.case_id for one in Proposed.objects.all()] == [undecided.id]


def test_where_one_cannot_be_read_each_gets_a_job(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.at("registered", **LEAK)

    def fail(*_cases: Any, **_more: Any) -> None:
        raise ValueError

    monkeypatch.setattr("linli.reading.tasks.read_all", fail)
    ProcrastinateJob.objects.all().delete()
    read_registered_all([str(case.id)])
    (job,) = ProcrastinateJob.objects.all()
    assert job.task_name == "linli.reading.tasks.read_registered"
    assert job.args == {"object_id": str(case.id)}


def test_a_case_that_says_nothing_gets_no_category_proposed(desk: Desk) -> None:
    case = desk.at("registered", kind="request", category=None, title="有件事", description="")
    read(case.id, at=timezone.now())
    read(UUID(int=1), at=timezone.now())
    kept = Proposed.objects.filter(case=case).first()
    assert kept is None or set(kept.parts) <= {"urgency"}


def test_who_may_not_classify_sees_and_does_nothing(desk: Desk) -> None:
    case = desk.at("assigned", **LEAK)
    read(case.id, at=timezone.now())
    for name in ("neighbour_clerk", "auditor", "administrator"):
        url = f"/cases/{case.id}/proposal/take-over/"
        assert desk.client(name).post(url, {"field": ["category"]}).status_code in (403, 404)
        url = f"/cases/{case.id}/proposal/put-away/"
        assert desk.client(name).post(url).status_code in (403, 404)
    assert Proposed.objects.exists()


def test_put_away(desk: Desk) -> None:
    case = desk.at("assigned", **LEAK)
    read(case.id, at=timezone.now())
    assert desk.client("mediator").post(f"/cases/{case.id}/proposal/put-away/").status_code == 302
    assert not Proposed.objects.exists()


def test_a_stale_page_takes_nothing_over(desk: Desk) -> None:
    case = desk.at("assigned", **LEAK)
    read(case.id, at=timezone.now())
    form = {"field": ["category"], "version": str(case.version - 1)}
    assert (
        desk.client("mediator").post(f"/cases/{case.id}/proposal/take-over/", form).status_code
        == 409
    )


@pytest.mark.parametrize("ticked", [[], ["title"], ["area"]])
def test_only_what_was_proposed_can_be_taken_over(desk: Desk, ticked: list[str]) -> None:
    case = desk.at("assigned", **LEAK)
    read(case.id, at=timezone.now())
    url = f"/cases/{case.id}/proposal/take-over/"
    desk.client("mediator").post(url, {"field": ticked})
    case.refresh_from_db()
    assert case.category_id is None
