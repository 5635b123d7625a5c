"""Grant: the level above gives the time that was asked for."""

from linli.cases.models import Clock, Extension
from linli.cases.tests.desk import Desk


def test_the_deadlines_move_by_the_days_asked_for(desk: Desk) -> None:
    case = desk.at("asking")
    before = {clock.kind: clock.due_at for clock in Clock.objects.filter(case=case)}
    after = desk.done("director", case, "grant")
    for clock in Clock.objects.filter(case=case, stopped_at=None):
        # Five working days from a Tuesday pass one weekend.
        assert (clock.due_at - before[clock.kind]).days == 7
    assert after.due_at > case.due_at  # type: ignore[operator]
    assert Extension.objects.get(case=case).granted is True


def test_the_handler_does_not_grant_its_own_request(desk: Desk) -> None:
    case = desk.at("asking")
    assert desk.post("mediator", case, "grant").status_code == 403
    assert desk.post("village_director", case, "grant").status_code == 403
    may = {"director", "county_director", "city_director"}
    assert desk.who_may(case, "grant") == may


def test_the_director_of_the_area_grants_what_its_department_asks(desk: Desk) -> None:
    case = desk.done("clerk", desk.at("registered"), "assign", unit=desk.cast.justice.id)
    case = desk.done("officer", case, "accept")
    case = desk.done("officer", case, "extend", days=3, note="等材料")
    assert "director" in desk.who_may(case, "grant")
    assert "officer" not in desk.who_may(case, "grant")


def test_nothing_was_asked(desk: Desk) -> None:
    assert desk.post("director", desk.at("handling"), "grant").status_code == 409
