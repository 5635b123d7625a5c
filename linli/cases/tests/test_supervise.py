"""Supervise: a director puts the case under supervision."""

from linli.cases.tests.desk import Desk, text_of


def test_it_is_marked_and_stands_on_the_workbench_of_directors(desk: Desk) -> None:
    case = desk.done("county_director", desk.at("handling"), "supervise", note="三日内见面")
    assert case.supervised
    assert case.title in text_of(desk.client("director").get("/"))
    assert "三日内见面" in text_of(desk.client("mediator").get(f"/cases/{case.id}/"))


def test_a_director_says_what_is_expected(desk: Desk) -> None:
    assert desk.post("director", desk.at("handling"), "supervise", note="").status_code == 422


def test_who_may(desk: Desk) -> None:
    may = {"village_director", "director", "county_director", "city_director"}
    assert desk.who_may(desk.at("handling"), "supervise") == may
