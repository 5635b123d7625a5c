"""Parties: masked, opened for a reason, destroyed for good; every opening is in the log."""

import json
from typing import Any

import pytest

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.models import Case, Party, Reason
from linli.cases.tests.desk import Desk, text_of
from linli.kernel.crypto import blind_index, text_hash

# A card that was never issued: its holder would have been born in 1890.
NUMBER = "620302189001010017"


@pytest.fixture
def case(desk: Desk) -> Case:
    """Return a case in the mediator's hands with one applicant."""
    case = desk.at("handling")
    answer = desk.client("mediator").post(
        f"/cases/{case.id}/parties/",
        {"role": "applicant", "name": "章无疾", "phone": "000-2468", "identity_number": NUMBER},
    )
    assert answer.status_code == 302
    return case


def _post(desk: Desk, name: str, case: Case, verb: str, reason: str) -> Any:
    party = Party.objects.get(case=case)
    return desk.client(name).post(
        f"/cases/{case.id}/parties/{party.id}/{verb}/", {"reason": reason}
    )


def test_the_page_shows_a_mask(desk: Desk, case: Case) -> None:
    page = text_of(desk.client("mediator").get(f"/cases/{case.id}/"))
    assert "章**" in page
    assert "2468" in page
    assert "000-2468" not in page
    assert "章无疾" not in page
    assert NUMBER not in page


def test_a_reason_opens_it_on_this_answer_only(desk: Desk, case: Case) -> None:
    answer = _post(desk, "mediator", case, "reveal", "电话约定调解时间")
    assert "章无疾" in text_of(answer)
    assert answer["Cache-Control"] == "no-store, private"
    entry = Entry.objects.filter(event="case.reveal").get()
    facts: dict[str, str] = entry.facts  # type: ignore[assignment]
    reason = Reason.objects.get(pk=facts["reason_id"])
    assert reason.text == "电话约定调解时间"
    assert facts["reason"] == text_hash(reason.text, reason.id.bytes)
    assert "电话" not in json.dumps(facts, ensure_ascii=False)
    assert "章无疾" not in text_of(desk.client("mediator").get(f"/cases/{case.id}/"))


def test_without_a_reason_it_stays_shut(desk: Desk, case: Case) -> None:
    answer = _post(desk, "mediator", case, "reveal", " ? ")
    assert answer.status_code == 422
    assert "章无疾" not in text_of(answer)
    assert not Entry.objects.filter(event="case.reveal").exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [("director", 200), ("clerk", 200), ("grid_worker", 404), ("officer", 404), ("auditor", 404)],
)
def test_who_may_open(desk: Desk, case: Case, name: str, status: int) -> None:
    assert _post(desk, name, case, "reveal", "核对身份").status_code == status


def test_only_a_director_erases_and_the_case_stays_whole(desk: Desk, case: Case) -> None:
    assert _post(desk, "mediator", case, "erase", "当事人要求").status_code == 403
    assert _post(desk, "village_director", case, "erase", "当事人要求").status_code == 302
    party = Party.objects.get(case=case)
    assert (bytes(party.personal), party.phone_index, party.role) == (b"", None, "applicant")
    page = text_of(
        desk.client("mediator").get(f"/cases/{case.id}/", headers={"Accept-Language": "en"})
    )
    assert "personal data erased" in page
    assert "章" not in page.replace("章节", "")


def test_it_is_found_again_without_being_opened(desk: Desk, case: Case) -> None:
    party = Party.objects.get(case=case)
    assert bytes(party.identity_index or b"") == blind_index("identity", NUMBER)
    with acting(desk.cast.actor("neighbour_clerk")):
        assert not Party.objects.exists()


def test_a_nameless_party_or_a_phone_of_letters_is_refused(desk: Desk, case: Case) -> None:
    address = f"/cases/{case.id}/parties/"
    for wrong in ({"name": ""}, {"name": "李四", "phone": "abc"}, {"name": "李四", "role": "x"}):
        data = {"role": "respondent", **wrong}
        assert desk.client("mediator").post(address, data).status_code == 422
    assert Party.objects.count() == 1
