"""The agreement on the page: rows are added without JavaScript, wrong input stays, steps follow."""

from typing import Any

from linli.cases.tests.desk import text_of
from linli.mediation.models import Agreement, Clause, Mediation, Obligation
from linli.mediation.tests.table import Table, told


def form_of(mediation: Mediation, debtor: object, creditor: object, **fields: Any) -> Any:
    """Return the fields of a written agreement about one payment."""
    return {
        "version": mediation.version, "form": "written", "reached_on": "2026-03-10",
        "clause-TOTAL_FORMS": 1, "clause-INITIAL_FORMS": 0,
        "clause-0-text": "{debtor}于{due_on}前归还{amount}。",
        "owed-TOTAL_FORMS": 1, "owed-INITIAL_FORMS": 0, "owed-0-kind": "pay",
        "owed-0-debtor": debtor, "owed-0-creditor": creditor, "owed-0-amount": "10000.00",
        "owed-0-due_on": "2026-04-10", **fields,
    }  # fmt: skip


def test_from_the_session_to_the_last_payment(table: Table) -> None:
    mediation, client = table.mediating(), table.client("mediator")
    page = f"/mediations/{mediation.id}/"
    sides = [table.party(mediation, side).id for side in ("respondent", "applicant")]
    assert page + "agree/" in text_of(client.get(page))
    assert client.post(page + "agree/", form_of(mediation, *sides)).status_code == 302
    # Nobody has signed yet: the text can still be changed.
    assert page + "agree/" in text_of(client.get(page))
    for signer in (*sides, table.cast.users["mediator"].id):
        mediation.refresh_from_db()
        signed = {"version": mediation.version, "signer": signer, "manner": "fingerprint"}
        answer = client.post(page + "sign/", signed | {"signed_on": "2026-03-10"})
        assert answer.status_code == 302, text_of(answer)
    mediation.refresh_from_db()
    sealed = {"version": mediation.version, "sealed_on": "2026-03-10", "outcome": "分期归还"}
    assert client.post(page + "take_effect/", sealed).status_code == 302
    shown = text_of(client.get(page))
    assert "乙***于2026年4月10日前归还10,000.00元。" in shown
    assert page + "pay/" in shown
    assert page + "breach/" not in shown
    mediation.refresh_from_db()
    paid = {"version": mediation.version, "paid_on": "2026-03-10", "amount": ""}
    one = Obligation.objects.get(mediation=mediation)
    assert client.post(page + "pay/", paid | {"obligation": one.id}).status_code == 302
    assert told(mediation)[-3:] == ["take_effect", "pay", "perform"]


def test_rows_are_added_by_the_server(table: Table) -> None:
    mediation, client = table.mediating(), table.client("mediator")
    clause = Clause.objects.create(title="赔礼道歉", text="{debtor}当面向{creditor}道歉。")
    sides = [table.party(mediation, side).id for side in ("respondent", "applicant")]
    address = f"/mediations/{mediation.id}/agree/"
    wanted = form_of(mediation, *sides, more=f"clause:{clause.id}")
    shown = text_of(client.post(address, wanted))
    assert 'name="clause-1-text"' in shown
    assert "{debtor}当面向{creditor}道歉。" in shown
    split = {"split-total": "10000", "split-parts": "4", "split-first_on": "2026-04-10"}
    blank = {"owed-0-amount": "", "owed-0-due_on": ""}
    whole = form_of(mediation, *sides, **split, more="instalments")
    assert text_of(client.post(address, whole)).count('value="10000.00"') == 0
    shown = text_of(
        client.post(address, form_of(mediation, *sides, **split, **blank, more="instalments"))
    )
    assert shown.count('value="2500.00"') == 4
    assert not Agreement.objects.exists()


def test_what_is_wrong_is_said_beside_it(table: Table) -> None:
    mediation, client = table.mediating(), table.client("mediator")
    side = table.party(mediation, "respondent").id
    address = f"/mediations/{mediation.id}/agree/"
    answer = client.post(address, form_of(mediation, side, side, facts="借款一万元"))
    assert answer.status_code == 422
    assert "义务人和权利人不能是同一人" in text_of(answer)
    assert "借款一万元" in text_of(answer)
    stale = form_of(mediation, side, side) | {"version": 1}
    assert client.post(address, stale).status_code == 409
