"""Deny: the level above does not give more time, and says why."""

from linli.cases.models import Extension
from linli.cases.tests.desk import Desk


def test_the_deadline_stays_and_the_answer_is_kept(desk: Desk) -> None:
    case = desk.at("asking")
    after = desk.done("director", case, "deny", note="时间够用")
    assert after.due_at == case.due_at
    assert Extension.objects.get(case=case).granted is False
    # It can be asked again.
    assert "extend" in desk.offered_to("mediator", after)


def test_a_reason_and_a_request_are_needed(desk: Desk) -> None:
    assert desk.post("director", desk.at("asking"), "deny", note="").status_code == 422
    assert desk.post("director", desk.at("handling"), "deny", note="不行").status_code == 409


def test_who_may(desk: Desk) -> None:
    may = {"director", "county_director", "city_director"}
    assert desk.who_may(desk.at("asking"), "deny") == may
