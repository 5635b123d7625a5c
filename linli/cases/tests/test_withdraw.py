"""Withdraw: the resident takes the matter back."""

import pytest

from linli.cases.tests.desk import Desk


@pytest.mark.parametrize("state", ["registered", "handling", "suspended"])
def test_it_ends_and_every_clock_stops(desk: Desk, state: str) -> None:
    who = "clerk" if state == "registered" else "mediator"
    case = desk.done(who, desk.at(state), "withdraw", note="当事人自行和解")
    assert (case.state, case.due_at) == ("withdrawn", None)
    assert not case.clocks.filter(stopped_at=None).exists()


def test_a_reason_is_needed_and_the_end_is_an_end(desk: Desk) -> None:
    case = desk.at("handling")
    assert desk.post("mediator", case, "withdraw", note="").status_code == 422
    case = desk.done("mediator", case, "withdraw", note="不要了")
    assert desk.post("mediator", case, "progress", note="还想写").status_code == 409


def test_who_may(desk: Desk) -> None:
    may = desk.who_may(desk.at("handling"), "withdraw")
    assert {"mediator", "second_mediator", "village_director", "director"} <= may
    assert not {"clerk", "officer", "neighbour_clerk"} & may
