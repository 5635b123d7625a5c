"""Assist: another unit helps; the lead answers for the whole."""

from linli.cases.models import Placement
from linli.cases.tests.desk import Desk, text_of
from tests.cast import LONGMENLI, unit_id


def test_the_helper_sees_the_case_and_writes_progress_but_does_not_lead(desk: Desk) -> None:
    case = desk.at("handling")
    assert desk.offered_to("officer", case) == set()
    case = desk.done("mediator", case, "assist", unit=desk.cast.justice.id)
    assert case.holder.area_id == LONGMENLI
    assert desk.offered_to("officer", case) == {"progress"}
    assert Placement.objects.get(case=case, part="helper").unit == desk.cast.justice
    page = text_of(desk.client("officer").get(f"/cases/{case.id}/"))
    assert "北京路司法所" in page


def test_the_lead_itself_and_a_helper_already_there_are_no_choice(desk: Desk) -> None:
    case = desk.at("handling")
    assert (
        desk.post("mediator", case, "assist", unit=unit_id(desk.cast, LONGMENLI)).status_code == 422
    )
    case = desk.done("mediator", case, "assist", unit=desk.cast.justice.id)
    assert desk.post("mediator", case, "assist", unit=desk.cast.justice.id).status_code == 422


def test_who_may(desk: Desk) -> None:
    assert desk.who_may(desk.at("handling"), "assist") == {"mediator", "village_director"}
