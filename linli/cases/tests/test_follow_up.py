"""Follow up: ask the people whether it holds; only then the case turns green."""

import pytest
from django.utils import timezone

from linli.cases.lights import light_of
from linli.cases.models import FollowUp
from linli.cases.tests.desk import Desk

SAID = {"way": "phone", "satisfaction": 4}


def test_green_comes_with_the_follow_up_and_not_before(desk: Desk) -> None:
    case = desk.at("resolved")
    assert light_of(case, timezone.now()) != "green"
    assert case.due_at is not None
    case = desk.done("mediator", case, "follow_up", **SAID)
    assert light_of(case, timezone.now()) == "green"
    assert (case.satisfaction, case.due_at) == (4, None)
    assert FollowUp.objects.get(case=case).recurred is False


@pytest.mark.parametrize("wrong", [{"way": "owl"}, {"satisfaction": 9}, {"satisfaction": ""}])
def test_nonsense_is_refused(desk: Desk, wrong: dict[str, object]) -> None:
    answer = desk.post("mediator", desk.at("resolved"), "follow_up", **SAID | wrong)
    assert answer.status_code == 422


def test_only_a_resolved_case_is_followed_up(desk: Desk) -> None:
    assert desk.post("mediator", desk.at("handling"), "follow_up", **SAID).status_code == 409
    assert "mediator" in desk.who_may(desk.at("resolved"), "follow_up")
