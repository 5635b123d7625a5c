"""Designate: after three returns the director says who handles it, and that stands."""

from linli.cases.tests.desk import Desk, told
from tests.cast import LONGMENLI, unit_id


def test_a_designated_case_cannot_be_returned(desk: Desk) -> None:
    case = desk.at("thrice returned")
    village = unit_id(desk.cast, LONGMENLI)
    case = desk.done("director", case, "designate", unit=village, note="由社区办理")
    assert case.designated
    assert case.holder.area_id == LONGMENLI
    assert desk.post("mediator", case, "return", note="还是不归我").status_code == 409
    assert "return" not in desk.offered_to("mediator", case)
    assert told(case).count("return") == 3


def test_a_new_assignment_ends_the_designation(desk: Desk) -> None:
    case = desk.at("thrice returned")
    case = desk.done("director", case, "designate", unit=unit_id(desk.cast, LONGMENLI), note="定")
    case = desk.done("director", case, "assign", unit=desk.cast.justice.id)
    assert not case.designated
    assert "return" in desk.offered_to("officer", case)


def test_it_needs_three_returns_a_unit_and_a_reason(desk: Desk) -> None:
    village = unit_id(desk.cast, LONGMENLI)
    early = desk.post("director", desk.at("returned"), "designate", unit=village, note="定")
    assert early.status_code == 409
    case = desk.at("thrice returned")
    assert desk.post("director", case, "designate", note="定").status_code == 422
    assert desk.post("director", case, "designate", unit=village, note="").status_code == 422


def test_who_may(desk: Desk) -> None:
    may = {"director", "county_director", "city_director"}
    assert desk.who_may(desk.at("thrice returned"), "designate") == may
