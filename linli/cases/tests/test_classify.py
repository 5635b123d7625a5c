"""Classify: what it is after a closer look; running clocks follow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.cases.actions.classify import classify_case
from linli.cases.models import Case, Clock
from linli.cases.tests.desk import Desk
from tests.cast import make_case

FIELDS = {
    "title": "楼上漏水引发邻里纠纷", "kind": "dispute", "category": "neighbour",
    "area": "620302003002", "urgency": "normal", "difficulty": "ordinary", "scale": "individual",
}  # fmt: skip


def _whole(case: Case) -> Clock:
    return Clock.objects.get(case=case, kind="difficulty", stopped_at=None)


def test_a_complex_case_gets_its_longer_clock(desk: Desk) -> None:
    case = desk.at("handling")
    before = _whole(case)
    case = desk.done("mediator", case, "classify", **FIELDS | {"difficulty": "complex"})
    assert _whole(case).due_at - before.due_at > timedelta(days=10)
    assert case.difficulty == "complex"


def test_danger_must_be_accepted_in_a_quarter_of_an_hour(desk: Desk) -> None:
    case = desk.done("clerk", desk.at("registered"), "classify", **FIELDS | {"urgency": "danger"})
    assert case.due_at is not None
    assert case.due_at - timezone.now() <= timedelta(minutes=15)


@pytest.mark.parametrize(
    "wrong", [{"category": "fire"}, {"title": " "}, {"area": "999"}, {"kind": "x"}]
)
def test_nonsense_is_refused_beside_its_field(desk: Desk, wrong: dict[str, str]) -> None:
    case = desk.at("handling")
    answer = desk.post("mediator", case, "classify", **FIELDS | wrong)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert Case.objects.get(pk=case.id).version == case.version


def test_an_empty_category_is_none(desk: Desk) -> None:
    case = desk.do("mediator", classify_case, desk.at("handling"), category="")
    assert case.category_id is None
    assert make_case(desk.cast, category="").category_id is None


def test_who_may(desk: Desk) -> None:
    may = desk.who_may(desk.at("assigned"), "classify")
    assert {"mediator", "second_mediator", "village_director", "director"} <= may
    assert "clerk" not in may
