"""Reopen: it was not solved after all; the unit that had it takes it up again."""

import pytest

from linli.cases.models import Clock
from linli.cases.tests.desk import Desk


@pytest.mark.parametrize("state", ["resolved", "followed up", "closed"])
def test_it_is_in_hand_again_with_fresh_clocks(desk: Desk, state: str) -> None:
    case = desk.done("mediator", desk.at(state), "reopen", note="又漏水了")
    assert (case.state, case.outcome, case.resolved_at) == ("handling", "", None)
    assert case.followed_up_at is None
    running = Clock.objects.filter(case=case, stopped_at=None)
    assert {clock.kind for clock in running} == {"level", "difficulty"}


def test_a_reason_is_needed(desk: Desk) -> None:
    assert desk.post("mediator", desk.at("closed"), "reopen", note="").status_code == 422


def test_who_may(desk: Desk) -> None:
    may = desk.who_may(desk.at("closed"), "reopen")
    assert {"mediator", "village_director", "clerk", "county_clerk"} <= may
    assert not {"neighbour_clerk", "officer", "grid_worker"} & may
