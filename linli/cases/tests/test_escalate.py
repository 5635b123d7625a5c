"""Escalate: what a level can't resolve climbs to the next, and only one at a time."""

from linli.cases.models import Clock
from linli.cases.tests.desk import Desk, text_of
from tests.cast import BEIJING_ROAD, CITY, COUNTY


def test_it_climbs_level_by_level_to_the_city_and_no_further(desk: Desk) -> None:
    case = desk.at("handling")
    steps = (
        ("mediator", "director", BEIJING_ROAD),
        ("director", "county_director", COUNTY),
        ("county_director", "city_director", CITY),
    )
    for handler, above, area in steps:
        case = desk.done(handler, case, "escalate", note="本级无法化解")
        assert case.holder.area_id == area
        assert case.handler is None
        case = desk.done(above, case, "accept")
    assert "escalate" not in desk.offered_to("city_director", case)
    assert desk.post("city_director", case, "escalate", note="再上").status_code == 409


def test_from_a_department_it_goes_to_the_centre_beside_it(desk: Desk) -> None:
    case = desk.done("clerk", desk.at("registered"), "assign", unit=desk.cast.justice.id)
    case = desk.done("officer", case, "accept")
    due = Clock.objects.get(case=case, kind="level").due_at
    case = desk.done("officer", case, "escalate", note="需要中心协调")
    assert case.holder == desk.cast.posts[BEIJING_ROAD]
    # It is the same level still: its clock runs on.
    assert Clock.objects.get(case=case, kind="level").due_at == due
    case = desk.done("director", case, "accept")
    case = desk.done("director", case, "escalate", note="街道无法化解")
    assert case.holder.area_id == COUNTY


def test_who_escalated_keeps_the_summary_and_nothing_else(desk: Desk) -> None:
    case = desk.done("mediator", desk.at("handling"), "escalate", note="需要街道协调")
    page = text_of(desk.client("mediator").get(f"/cases/{case.id}/"))
    assert case.number in page
    assert case.title not in page
    assert desk.client("grid_worker").get(f"/cases/{case.id}/").status_code == 404


def test_a_reason_is_needed(desk: Desk) -> None:
    assert desk.post("mediator", desk.at("handling"), "escalate", note=" ").status_code == 422


def test_who_may(desk: Desk) -> None:
    assert desk.who_may(desk.at("handling"), "escalate") == {"mediator", "village_director"}
