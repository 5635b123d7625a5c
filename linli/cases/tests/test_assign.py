"""Assign: to the lowest area that covers the place, or to a unit the desk chooses."""

import pytest

from linli.cases.tests.desk import Desk, text_of
from tests.cast import BEIJING_ROAD, COUNTY, GRID, LONGMENLI, unit_id


@pytest.mark.parametrize("area", [BEIJING_ROAD, LONGMENLI, GRID])
def test_it_goes_to_the_lowest_post_that_covers_the_place(desk: Desk, area: str) -> None:
    case = desk.done("clerk", desk.at("registered", area=area), "assign")
    assert case.state == "assigned"
    assert case.holder.area_id == area
    assert case.level == case.holder.area.level


def test_it_goes_to_a_department_the_desk_chooses(desk: Desk) -> None:
    case = desk.done("clerk", desk.at("registered"), "assign", unit=desk.cast.justice.id)
    assert case.holder == desk.cast.justice
    assert "accept" in desk.offered_to("officer", case)


def test_it_goes_to_a_person_of_that_unit(desk: Desk) -> None:
    justice, officer = desk.cast.justice, desk.cast.users["officer"]
    assert "officer" in text_of(desk.client("clerk").get(f"/cases/people/?unit={justice.id}"))
    assert "officer" not in text_of(desk.client("clerk").get("/cases/people/?unit=nobody"))
    case = desk.at("registered")
    form = text_of(desk.client("clerk").get(f"/cases/{case.id}/assign/"))
    assert 'hx-get="/cases/people/"' in form
    wrong = desk.post(
        "clerk", case, "assign", unit=unit_id(desk.cast, LONGMENLI), handler=officer.id
    )
    assert wrong.status_code == 422
    assert (
        desk.done("clerk", case, "assign", unit=justice.id, handler=officer.id).handler == officer
    )


def test_no_unit_above_or_beside_is_offered_or_taken(desk: Desk) -> None:
    case = desk.at("registered")
    answer = desk.post("clerk", case, "assign", unit=unit_id(desk.cast, COUNTY))
    assert answer.status_code == 422
    assert "金川区" not in text_of(desk.client("clerk").get(f"/cases/{case.id}/assign/"))


def test_who_may(desk: Desk) -> None:
    above = {"clerk", "director", "county_director", "city_director"}
    assert desk.who_may(desk.at("registered"), "assign") == above
    # In the village's hands its own director, and the directors above, move it.
    handled = {"village_director", "director", "county_director", "city_director"}
    assert desk.who_may(desk.at("handling"), "assign") == handled


def test_a_grid_worker_sends_on_what_the_grid_took_in(desk: Desk) -> None:
    from linli.cases.tests.desk import make_case_now

    case = desk.by("grid_worker", make_case_now, desk.cast, by="grid_worker", area=LONGMENLI)
    assert desk.done("grid_worker", case, "assign").holder.area_id == LONGMENLI


def test_after_three_returns_it_is_designated_instead(desk: Desk) -> None:
    case = desk.at("thrice returned")
    assert desk.post("clerk", case, "assign").status_code == 409
    assert "assign" not in desk.offered_to("director", case)
