"""Return: the case goes back to who sent it, with a reason."""

from datetime import timedelta

import time_machine

from linli.cases.tests.desk import Desk, text_of
from tests.cast import BEIJING_ROAD, TUESDAY


def test_it_goes_back_to_the_sender_and_is_counted(desk: Desk) -> None:
    case = desk.done("mediator", desk.at("assigned"), "return", note="不归我管")
    assert (case.state, case.returns) == ("returned", 1)
    assert case.holder.area_id == BEIJING_ROAD
    assert "不归我管" in text_of(desk.client("clerk").get(f"/cases/{case.id}/"))


def test_only_within_a_working_day(desk: Desk) -> None:
    case = desk.at("assigned")
    with time_machine.travel(TUESDAY + timedelta(days=2)):
        assert "return" not in desk.offered_to("mediator", case)
        answer = desk.post("mediator", case, "return", note="现在才看")
    assert answer.status_code == 409
    assert "现在才看" in text_of(answer)


def test_the_sender_who_took_it_back_has_nobody_to_return_it_to(desk: Desk) -> None:
    case = desk.done("clerk", desk.at("returned"), "accept")
    assert "return" not in desk.offered_to("clerk", case)
    assert desk.post("clerk", case, "return", note="退给谁").status_code == 409


def test_a_reason_is_needed_and_who_may(desk: Desk) -> None:
    case = desk.at("assigned")
    assert desk.post("mediator", case, "return", note="").status_code == 422
    may = desk.who_may(case, "return")
    assert may == {"mediator", "second_mediator", "village_director"}
