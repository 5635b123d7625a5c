"""The intake form and the receipt: one short form, sent once, kept when it is wrong."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from linli.accounts.scope import acting
from linli.cases.actions.parties import opened
from linli.cases.models import Case, Party
from linli.cases.tests.desk import Desk, text_of
from tests.cast import BEIJING_ROAD, LONGMENLI, OTHER_VILLAGE, unit_id

TOLD = {
    "kind": "dispute", "category": "neighbour", "title": "楼上漏水", "description": "泡坏天花板",
    "area": LONGMENLI, "place": "3号楼", "channel": "window", "urgency": "normal",
    "difficulty": "ordinary", "scale": "individual", "send": "1",
    "party0-role": "applicant", "party1-role": "respondent",
    "party2-role": "applicant", "party3-role": "respondent",
}  # fmt: skip


def send(desk: Desk, name: str = "clerk", **changes: Any) -> HttpResponse:
    """Send the form as it is usually filled in, with changes."""
    data = TOLD | {"key": str(uuid4())} | changes
    answer: Any = desk.client(name).post("/cases/new/", data)
    return answer


def test_register_and_send_reaches_the_village_and_prints_a_receipt(desk: Desk) -> None:
    answer = send(desk)
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.id}/receipt/"
    assert (case.state, case.holder.area_id) == ("assigned", LONGMENLI)
    page = text_of(desk.client("clerk").get(answer["Location"]))
    assert case.number in page
    assert "<svg" in page
    assert "北京路街道" in page
    assert "楼上漏水" not in page, "a receipt tells nothing of the matter"


def test_register_only_keeps_it_at_the_desk(desk: Desk) -> None:
    send(desk, send="")
    assert Case.objects.get().state == "registered"


def test_it_goes_to_the_unit_that_was_chosen(desk: Desk) -> None:
    send(desk, unit=str(desk.cast.justice.id))
    assert Case.objects.get().holder == desk.cast.justice


def test_a_matter_of_another_street_goes_there_and_leaves_a_receipt(desk: Desk) -> None:
    answer = send(desk, area=OTHER_VILLAGE)
    case = Case.objects.get()
    assert case.holder.area_id == OTHER_VILLAGE
    receipt = desk.client("clerk").get(answer["Location"])
    assert case.number in text_of(receipt)
    summary = text_of(desk.client("clerk").get(f"/cases/{case.id}/"))
    assert case.number in summary
    assert "楼上漏水" not in summary
    assert desk.client("neighbour_clerk").get(f"/cases/{case.id}/").status_code == 200


@pytest.mark.parametrize("name", ["grid_worker", "mediator", "director", "city_dispatcher"])
def test_whoever_meets_residents_registers_and_sends(desk: Desk, name: str) -> None:
    assert send(desk, name).status_code == 302
    assert Case.objects.get().state == "assigned"


@pytest.mark.parametrize("name", ["officer", "auditor", "administrator"])
def test_others_are_told_that_they_cannot(desk: Desk, name: str) -> None:
    assert desk.client(name).get("/cases/new/").status_code == 403
    assert send(desk, name).status_code == 403


def test_a_double_submit_makes_one_case(desk: Desk) -> None:
    key = str(uuid4())
    first, second = send(desk, key=key), send(desk, key=key)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert send(desk, "director", key=key)["Location"] != first["Location"]


def test_the_people_are_sealed_with_the_case(desk: Desk) -> None:
    people = {
        "party0-name": "章一", "party0-phone": "000-1234", "party0-identity_number": "62030218",
        "party2-name": "章二", "party3-name": "某某物业", "party3-is_organisation": "on",
    }  # fmt: skip
    answer = send(desk, **people)
    parties = list(Party.objects.order_by("id"))
    assert [party.role for party in parties] == ["applicant", "applicant", "respondent"]
    with acting(desk.cast.actor("mediator")):
        assert opened(parties[0])["phone"] == "000-1234"
    assert b"000-1234" not in bytes(parties[0].personal)
    # A number that does not add up is kept, and said.
    warned = desk.client("clerk").get(answer["Location"])
    assert "校验不符" in text_of(warned)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 121},
        {"area": "999"},
        {"area": "6204"},
        {"area": ""},
        {"kind": "quarrel"},
        {"category": "fire"},
        {"happened_on": "2031-01-01"},
        {"happened_on": "30 Feb"},
        {"lat": "95", "lng": "10"},
        {"unit": str(uuid4())},
        {"party0-phone": "打电话"},
        {"party1-phone": "123"},
        {"key": "nonsense"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Desk, wrong: dict[str, str]) -> None:
    answer = send(desk, **wrong)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "泡坏天花板" in page
    assert Case.objects.count() == 0
    # The same form, put right, is taken.
    key = re.search(r'name="key" value="([^"]+)"', page)
    if key and "key" not in wrong:
        assert send(desk, key=key[1]).status_code == 302


def test_the_channel_follows_the_role(desk: Desk) -> None:
    form = text_of(desk.client("grid_worker").get("/cases/new/"))
    assert '<option value="grid_worker" selected>' in form
    assert '<option value="window" selected>' in text_of(desk.client("clerk").get("/cases/new/"))


def test_personal_fields_are_never_kept_by_the_browser(desk: Desk) -> None:
    form = text_of(desk.client("clerk").get("/cases/new/"))
    for name in ("name", "phone", "identity_number", "address"):
        field = re.search(rf'<input[^>]*name="party0-{name}"[^>]*>', form)
        assert field is not None
        assert "data-personal" in field[0]
        assert 'autocomplete="off"' in field[0]


def test_it_costs_few_queries(desk: Desk, django_assert_max_num_queries: Any) -> None:
    client = desk.client("clerk")
    client.get("/cases/new/")
    with django_assert_max_num_queries(8):
        client.get("/cases/new/")
    assert unit_id(desk.cast, BEIJING_ROAD)
