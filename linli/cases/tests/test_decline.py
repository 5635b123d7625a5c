"""Decline: it is not ours; the reason and the other routes are told."""

from linli.cases.models import Note
from linli.cases.tests.desk import Desk


def test_it_ends_with_the_reason_and_the_routes_in_the_record(desk: Desk) -> None:
    case = desk.at("registered")
    case = desk.done("clerk", case, "decline", note="不属于受理范围", routes=["court", "legal_aid"])
    assert case.state == "declined"
    assert case.due_at is None
    text = Note.objects.filter(case=case).order_by("-event")[0].text
    assert text.startswith("不属于受理范围\n")
    assert text.count("·") == 2


def test_routes_and_reason_are_needed(desk: Desk) -> None:
    case = desk.at("registered")
    assert desk.post("clerk", case, "decline", note="不受理").status_code == 422
    assert desk.post("clerk", case, "decline", note=" ", routes=["court"]).status_code == 422


def test_what_is_in_hand_is_no_longer_declined(desk: Desk) -> None:
    assert desk.who_may(desk.at("handling"), "decline") == set()
    assert "clerk" in desk.who_may(desk.at("registered"), "decline")
    assert "mediator" not in desk.who_may(desk.at("assigned"), "decline")


def test_the_resident_gets_a_notice(desk: Desk) -> None:
    case = desk.at("registered")
    desk.done("clerk", case, "decline", note="不属于受理范围", routes=["court"])
    notice = desk.client("clerk").get(f"/cases/{case.id}/receipt/").content.decode()
    assert "不属于受理范围" in notice
    assert "向人民法院起诉" in notice
