"""The page of a mediation: the next lawful step, who sees it, and what a refusal says."""

from linli.cases.tests.desk import text_of
from linli.mediation.models import Conflict, Mediation, Participant
from linli.mediation.tests.table import Table, told


def test_from_the_case_to_an_accepted_mediation(table: Table) -> None:
    case, client = table.case(), table.client("mediator")
    begin = f"/cases/{case.id}/mediation/begin/"
    assert begin in text_of(client.get(f"/cases/{case.id}/"))
    form = {
        "source": "application",
        "committee": table.committee.id,
        "claimed": "10000.00",
        "willing": [party.id for party in case.parties.all()],
    }
    answer = client.post(begin, form)
    mediation = Mediation.objects.get(case=case)
    assert answer.headers["Location"] == f"/mediations/{mediation.id}/"
    page = text_of(client.get(f"/mediations/{mediation.id}/"))
    assert f"/mediations/{mediation.id}/accept/" in page
    step = {"version": mediation.version, "accepted_on": "2026-03-10"}
    # Nobody is named yet: whoever accepts mediates, and is asked for a conflict of interest.
    assert client.post(f"/mediations/{mediation.id}/accept/", step).status_code == 422
    step["no_conflict"] = "on"
    assert client.post(f"/mediations/{mediation.id}/accept/", step).status_code == 302
    assert not Conflict.objects.get(mediation=mediation).has_conflict
    assert told(mediation) == ["apply", "accept"]
    assert begin not in text_of(client.get(f"/cases/{case.id}/"))
    assert case.title in text_of(client.get("/mediations/"))


def test_consent_comes_first(table: Table) -> None:
    mediation, client = table.applied(), table.client("mediator")
    other = Participant.objects.get(mediation=mediation, side="respondent")
    Participant.objects.filter(pk=other.pk).update(consented_on=None)
    page = f"/mediations/{mediation.id}/"
    step = {"version": mediation.version, "accepted_on": "2026-03-10", "no_conflict": "on"}
    refused = client.post(page + "accept/", step)
    assert refused.status_code == 409
    assert "《人民调解法》第 3, 17 条" in text_of(refused)
    day = {"consented_on": "2026-03-09", "notified_on": "2026-03-10"}
    assert client.post(f"{page}parties/{other.id}/consent/", day).status_code == 302
    assert client.post(page + "accept/", step).status_code == 302


def test_wrong_input_keeps_what_was_typed(table: Table) -> None:
    mediation = table.accepted()
    answer = table.client("mediator").post(
        f"/mediations/{mediation.id}/fail/", {"version": mediation.version, "note": "分歧太大"}
    )
    assert answer.status_code == 422
    assert "分歧太大" in text_of(answer)
    assert table.fresh(mediation).state == "accepted"


def test_who_sees_what(table: Table) -> None:
    mediation = table.accepted()
    page = f"/mediations/{mediation.id}/"
    assert page + "end/" in text_of(table.client("mediator").get(page))
    # Whoever reaches the area reads along; another street does not know of it.
    assert page + "end/" not in text_of(table.client("clerk").get(page))
    assert table.client("neighbour_clerk").get(page).status_code == 404
    stale = {"version": 1, "reason": "other", "note": "不再需要"}
    assert table.client("mediator").post(page + "end/", stale).status_code == 409


def test_who_may_begin_sees_the_form(table: Table) -> None:
    case = table.case()
    begin = f"/cases/{case.id}/mediation/begin/"
    assert table.client("mediator").get(begin).status_code == 200
    assert table.client("grid_worker").get(begin).status_code in (403, 404)
    assert table.client("neighbour_clerk").get(begin).status_code == 404
