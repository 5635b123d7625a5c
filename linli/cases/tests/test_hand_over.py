"""Hand over: another person of the unit takes the case."""

from linli.cases.tests.desk import Desk, text_of


def test_the_colleague_handles_it_from_now_on(desk: Desk) -> None:
    colleague = desk.cast.users["second_mediator"]
    case = desk.done(
        "mediator", desk.at("handling"), "hand_over", handler=colleague.id, note="休假"
    )
    assert case.handler == colleague
    assert "resolve" not in desk.offered_to("mediator", case)
    assert "resolve" in desk.offered_to("second_mediator", case)
    assert "second_mediator" in text_of(desk.client("mediator").get(f"/cases/{case.id}/"))


def test_only_people_of_the_unit_are_offered_and_taken(desk: Desk) -> None:
    case = desk.at("handling")
    form = text_of(desk.client("mediator").get(f"/cases/{case.id}/hand_over/"))
    assert "village_director" in form
    assert ">clerk</option>" not in form
    stranger = desk.cast.users["clerk"].id
    assert desk.post("mediator", case, "hand_over", handler=stranger).status_code == 422


def test_who_may(desk: Desk) -> None:
    may = desk.who_may(desk.at("handling"), "hand_over")
    assert may == {"mediator", "village_director", "director", "county_director", "city_director"}
