"""Remind: the handler is told that time runs out, by a clock or by a desk above."""

from linli.cases.tests.desk import Desk, text_of


def test_it_stands_on_the_workbench_of_the_handler(desk: Desk) -> None:
    case = desk.at("handling")
    case = desk.done("clerk", case, "remind", note="请今日回复当事人")
    assert case.reminders == 1
    assert "请今日回复当事人" in text_of(desk.client("mediator").get(f"/cases/{case.id}/"))
    row = text_of(desk.client("mediator").get("/", headers={"Accept-Language": "en"}))
    assert "reminded once" in row


def test_who_may(desk: Desk) -> None:
    may = desk.who_may(desk.at("handling"), "remind")
    assert {"clerk", "director", "county_clerk", "city_dispatcher"} <= may
    assert not {"mediator", "grid_worker", "neighbour_clerk", "officer"} & may
