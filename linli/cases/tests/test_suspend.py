"""Suspend: the clocks stand still while the case can't go on, for a reason."""

from linli.cases.models import Clock
from linli.cases.tests.desk import Desk


def test_every_clock_stands_still(desk: Desk) -> None:
    case = desk.done("mediator", desk.at("handling"), "suspend", note="当事人住院")
    assert (case.state, case.due_at) == ("suspended", None)
    clocks = Clock.objects.filter(case=case, stopped_at=None)
    assert clocks.count() == 2
    assert all(clock.paused_at and clock.fires_at is None for clock in clocks)


def test_a_reason_is_needed(desk: Desk) -> None:
    assert desk.post("mediator", desk.at("handling"), "suspend", note="").status_code == 422


def test_who_may(desk: Desk) -> None:
    assert desk.who_may(desk.at("handling"), "suspend") == {"mediator", "village_director"}
