"""Refer: another body takes the matter over; it ends here and keeps its trail."""

from linli.cases.models import Note
from linli.cases.tests.desk import Desk

SAID = {"destination": "court", "note": "调解不成", "routes": ["court"]}


def test_it_ends_here_with_its_trail(desk: Desk) -> None:
    case = desk.done("mediator", desk.at("handling"), "refer", **SAID)
    assert (case.state, case.referred_to, case.due_at) == ("referred", "court", None)
    assert "调解不成" in Note.objects.filter(case=case).order_by("-event")[0].text


def test_where_to_and_why_are_needed(desk: Desk) -> None:
    case = desk.at("handling")
    for wrong in ({"destination": ""}, {"destination": "moon"}, {"note": ""}, {"routes": []}):
        assert desk.post("mediator", case, "refer", **SAID | wrong).status_code == 422


def test_the_page_asks_before_it_ends(desk: Desk) -> None:
    case = desk.at("handling")
    form = desk.client("mediator").get(f"/cases/{case.id}/refer/").content.decode()
    assert "data-confirm=" in form


def test_a_suspended_case_is_resumed_first(desk: Desk) -> None:
    assert desk.post("mediator", desk.at("suspended"), "refer", **SAID).status_code == 409
    assert desk.who_may(desk.at("handling"), "refer") == {"mediator", "village_director"}
