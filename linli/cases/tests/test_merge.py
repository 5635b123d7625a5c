"""Merge: the same matter was taken in twice; one file goes on."""

from linli.cases.tests.desk import Desk, text_of
from tests.cast import OTHER_VILLAGE


def test_one_ends_and_both_show_the_other(desk: Desk) -> None:
    first, second = desk.at("registered"), desk.at("registered", title="又来反映漏水")
    case = desk.done("clerk", second, "merge", into=f" {first.number} ", note="同一件事")
    assert case.state == "merged"
    assert case.merged_into == first
    assert first.number in text_of(desk.client("clerk").get(f"/cases/{case.id}/"))
    assert case.number in text_of(desk.client("clerk").get(f"/cases/{first.id}/"))


def test_what_it_cannot_be_merged_into(desk: Desk) -> None:
    case, closed = desk.at("registered"), desk.at("closed")
    elsewhere = desk.at("assigned", area=OTHER_VILLAGE)
    for number in (case.number, closed.number, elsewhere.number, "62-1", ""):
        answer = desk.post("clerk", case, "merge", into=number)
        assert answer.status_code == 422, number
        assert f'value="{number}"' in text_of(answer) or not number


def test_who_may(desk: Desk) -> None:
    assert "clerk" in desk.who_may(desk.at("registered"), "merge")
    assert "mediator" not in desk.who_may(desk.at("handling"), "merge")
