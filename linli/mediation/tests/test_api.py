"""The API of mediation: the same steps as the pages, for programs with a token."""

from datetime import timedelta

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.cases.tests.test_api import Caller
from linli.mediation import lifecycle
from linli.mediation.api.verbs import VERBS
from linli.mediation.models import Mediation
from linli.mediation.tests.table import TODAY, Table, told


def caller(table: Table, name: str, *scopes: str) -> Caller:
    """Return a program that acts for somebody."""
    raw = new_token()
    ApiToken.objects.create(
        user=table.cast.users[name], name="测试", digest=digest_of(raw),
        scopes=list(scopes or ("cases:read", "cases:write")), expires_at="2030-01-01T00:00:00Z",
    )  # fmt: skip
    return Caller(raw)


def test_every_verb_of_the_table_has_its_operation() -> None:
    assert set(VERBS) == set(lifecycle.MOVES) - {"apply", "offer", "receive"}


def test_from_the_application_to_the_last_payment(table: Table) -> None:
    case, mediator = table.case(), caller(table, "mediator")
    day = TODAY.isoformat()
    consents = {str(party.id): day for party in case.parties.all()}
    opening = {"source": "application", "claimed": "100.00", "consents": consents}
    begun = mediator.post(f"/cases/{case.id}/mediations", opening)
    assert begun.status_code == 201, begun.content
    address = f"/mediations/{begun.json()['id']}"
    version = begun.json()["version"]
    accepted = mediator.post(f"{address}/accept", {"version": version, "no_conflict": True})
    assert accepted.json()["number"] == "(2026)龙人调字第1号"
    assert mediator.post(f"{address}/accept", {"version": version}).status_code == 409
    sides = {one["side"]: one["id"] for one in mediator.get(address).json()["parties"]}
    meeting = {
        "begins": "2026-03-10T10:00:00+08:00",
        "ends": "2026-03-10T11:00:00+08:00",
        "place": "村口",
    }
    assert (
        mediator.post(
            f"{address}/hold", {"meeting": meeting, "came": list(sides.values())}
        ).status_code
        == 200
    )
    owed = {
        "kind": "pay", "debtor": sides["respondent"], "creditor": sides["applicant"],
        "amount": "100.00", "due_on": (TODAY + timedelta(days=5)).isoformat(),
    }  # fmt: skip
    text = {
        "form": "oral",
        "reached_on": day,
        "clauses": ["{debtor}归还{amount}。"],
        "outcome": "达成协议",
    }
    agreed = mediator.post(f"{address}/agree", {**text, "obligations": [owed]})
    assert agreed.json()["state"] == "performing", agreed.content
    shown = mediator.get(address).json()
    assert (shown["next"], shown["amount"], shown["owed"][0]["open"]) == ("pay", "100.00", "100.00")
    paid = {"obligation": shown["owed"][0]["id"], "paid_on": day, "amount": "100.01"}
    assert mediator.post(f"{address}/pay", paid).status_code == 422
    assert (
        mediator.post(f"{address}/pay", paid | {"amount": "100.00"}).json()["state"] == "performed"
    )
    verbs = [event["verb"] for event in mediator.get(f"{address}/timeline").json()]
    assert verbs[::-1] == told(Mediation.objects.get(case=case))


def test_who_may(table: Table) -> None:
    mediation = table.accepted()
    address = f"/mediations/{mediation.id}"
    assert caller(table, "neighbour_clerk").get(address).status_code == 404
    clerk = caller(table, "clerk")
    assert clerk.get(address).json()["verbs"] == []
    assert clerk.post(f"{address}/end", {"reason": "other", "note": "x"}).status_code == 403
    reader = caller(table, "mediator", "cases:read")
    assert reader.post(f"{address}/end", {"reason": "other", "note": "x"}).status_code == 403
    assert [one["id"] for one in reader.get(f"/cases/{mediation.case_id}/mediations").json()] == [
        str(mediation.id)
    ]


def test_names_stay_masked(table: Table) -> None:
    mediation = table.accepted()
    shown = caller(table, "mediator").get(f"/mediations/{mediation.id}").json()
    assert [one["name"] for one in shown["parties"]] == ["甲***", "乙***"]


def test_unknown_members_are_refused(table: Table) -> None:
    mediation = table.accepted()
    wrong = {"reason": "other", "note": "x", "raeson": 1}
    assert (
        caller(table, "mediator").post(f"/mediations/{mediation.id}/end", wrong).status_code == 422
    )
