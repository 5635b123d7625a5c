"""Accept: somebody of the unit takes the case in hand."""

from linli.cases.models import Clock
from linli.cases.tests.desk import Desk, text_of


def test_who_accepts_handles_and_the_clock_of_acceptance_stops(desk: Desk) -> None:
    case = desk.at("assigned")
    assert Clock.objects.filter(case=case, kind="accept", stopped_at=None).exists()
    case = desk.done("mediator", case, "accept")
    assert case.state == "handling"
    assert case.handler == desk.cast.users["mediator"]
    assert not Clock.objects.filter(case=case, kind="accept", stopped_at=None).exists()


def test_only_people_of_the_unit_may(desk: Desk) -> None:
    may = desk.who_may(desk.at("assigned"), "accept")
    assert may == {"mediator", "second_mediator", "village_director"}


def test_the_desk_that_got_it_back_takes_it_itself(desk: Desk) -> None:
    assert desk.done("clerk", desk.at("returned"), "accept").state == "handling"


def test_who_is_second_sees_who_was_first(desk: Desk) -> None:
    case = desk.at("assigned")
    desk.done("mediator", case, "accept")
    answer = desk.post("second_mediator", case, "accept")
    assert answer.status_code == 409
    assert "mediator" in text_of(answer)


def test_accepting_from_the_workbench_leads_back_to_it(desk: Desk) -> None:
    answer = desk.post("mediator", desk.at("assigned"), "accept", next="workbench")
    assert answer["Location"] == "/"
