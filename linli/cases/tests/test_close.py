"""Close: resolved, followed up, done."""

from django.utils import timezone

from linli.cases.lights import light_of
from linli.cases.tests.desk import Desk, text_of


def test_a_followed_up_case_closes_and_is_green(desk: Desk) -> None:
    case = desk.done("mediator", desk.at("followed up"), "close", note="归档")
    assert case.state == "closed"
    assert case.closed_at is not None
    assert light_of(case, timezone.now()) == "green"


def test_without_a_follow_up_it_is_neither_offered_nor_done(desk: Desk) -> None:
    case = desk.at("resolved")
    assert "close" not in desk.offered_to("mediator", case)
    answer = desk.post("mediator", case, "close", note="想直接结案")
    assert answer.status_code == 409
    assert "想直接结案" in text_of(answer)


def test_who_may(desk: Desk) -> None:
    may = desk.who_may(desk.at("followed up"), "close")
    assert "clerk" not in may
    assert {"mediator", "village_director", "director"} <= may
