"""The agreement: written, signed, sealed, in effect; and changed without losing the text before it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.mediation.actions.agree import agree_mediation
from linli.mediation.actions.amend import amend_mediation
from linli.mediation.actions.drafting import Draft, Owed
from linli.mediation.actions.pay import pay_mediation
from linli.mediation.actions.redraft import redraft_mediation
from linli.mediation.actions.sign import sign_mediation
from linli.mediation.actions.take_effect import take_effect_mediation
from linli.mediation.models import Agreement, FollowUp, Mediation, Obligation, Participant
from linli.mediation.queries.agreement import clause_texts, masked_dues
from linli.mediation.tests.table import TODAY, Table, told

DUE = date(2026, 4, 10)


def draft(table: Table, mediation: Mediation, **fields: Any) -> Draft:
    """Return a text: the respondent pays the applicant 10,000 yuan by a day."""
    owed = Owed(
        kind="pay", debtor=table.party(mediation, "respondent").id,
        creditor=table.party(mediation, "applicant").id, amount=Decimal("10000.00"), due_on=DUE,
    )  # fmt: skip
    clauses = [("{debtor}于{due_on}前归还{creditor}借款{amount}。", None)]
    text = Draft(form="written", reached_on=TODAY, clauses=clauses, obligations=[owed])
    return replace(text, **fields)


def agreed(table: Table, **fields: Any) -> Mediation:
    """Return a mediation with a text in hand."""
    mediation = table.mediating()
    table.act("mediator", agree_mediation, mediation.id, draft(table, mediation, **fields))
    return table.fresh(mediation)


def sign_all(table: Table, mediation: Mediation) -> None:
    """Let both sides and the mediator sign today."""
    names = [str(table.party(mediation, side).id) for side in ("applicant", "respondent")]
    for signer in [*names, str(table.cast.users["mediator"].id)]:
        signed = {"signer": signer, "manner": "signature", "signed_on": TODAY}
        table.act("mediator", sign_mediation, mediation.id, **signed)


def seal(table: Table, mediation: Mediation) -> Mediation:
    """Set the seal today."""
    given = {"sealed_on": TODAY, "outcome": "分期还款"}
    table.act("mediator", take_effect_mediation, mediation.id, **given)
    return table.fresh(mediation)


def test_more_money_than_can_be_written_down(table: Table) -> None:
    mediation = table.mediating()
    [owed] = draft(table, mediation).obligations
    much = [replace(owed, amount=Decimal("499999999999.99")), replace(owed, amount=Decimal("0.01"))]
    with pytest.raises(Invalid) as refused:
        table.act(
            "mediator", agree_mediation, mediation.id, draft(table, mediation, obligations=much)
        )
    assert "obligations" in refused.value.fields


def test_a_written_agreement_takes_effect_with_the_last_name_and_the_seal(table: Table) -> None:
    mediation = agreed(table)
    sign_all(table, mediation)
    done = seal(table, mediation)
    assert (done.state, done.effective_on, done.amount) == (
        "performing",
        TODAY,
        Decimal("10000.00"),
    )
    assert (done.case.state, done.case.outcome) == ("resolved", "分期还款")
    assert told(mediation)[-6:] == ["hold", "agree", "sign", "sign", "sign", "take_effect"]
    agreement = Agreement.objects.get(mediation=mediation)
    assert clause_texts(agreement, masked_dues(agreement)) == [
        "乙***于2026年4月10日前归还甲***借款10,000.00元。"
    ]
    assert FollowUp.objects.filter(mediation=mediation).count() == 2


def test_a_name_that_is_missing_is_named(table: Table) -> None:
    mediation = agreed(table)
    with pytest.raises(IllegalMove) as refused:
        seal(table, mediation)
    assert "29" in str(refused.value.hint)
    assert table.fresh(mediation).state == "agreed"


def test_an_oral_one_holds_when_it_is_reached(table: Table) -> None:
    mediation = table.mediating()
    text = draft(table, mediation, form="oral")
    table.act("mediator", agree_mediation, mediation.id, text, outcome="当场和好")
    done = table.fresh(mediation)
    assert (done.state, done.form, done.effective_on) == ("performing", "oral", TODAY)
    assert told(mediation)[-2:] == ["agree", "take_effect"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("clauses", []),
        ("clauses", [("{amount:2}", None)]),
        ("facts", "依据《民法典》第一千九百条。"),
        ("reached_on", TODAY + timedelta(days=1)),
    ],
)
def test_a_text_that_cannot_stand(table: Table, field: str, value: Any) -> None:
    mediation = table.mediating()
    with pytest.raises(Invalid) as refused:
        text = draft(table, mediation, **{field: value})
        table.act("mediator", agree_mediation, mediation.id, text)
    assert field in refused.value.fields
    assert table.fresh(mediation).state == "mediating"


def test_nobody_owes_themselves_or_before_the_day(table: Table) -> None:
    mediation = table.mediating()
    text = draft(table, mediation)
    [owed] = text.obligations
    wrong = (
        replace(owed, creditor=owed.debtor),
        replace(owed, due_on=TODAY - timedelta(days=1)),
        replace(owed, amount=Decimal("0.001")),
        replace(owed, kind="act"),
    )
    for one in wrong:
        with pytest.raises(Invalid) as refused:
            text = draft(table, mediation, obligations=[one])
            table.act("mediator", agree_mediation, mediation.id, text)
        assert "obligations" in refused.value.fields


def test_before_a_session_there_is_no_agreement(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(IllegalMove) as refused:
        table.act("mediator", agree_mediation, mediation.id, draft(table, mediation))
    assert "28" in str(refused.value.hint)


def test_who_may(table: Table) -> None:
    mediation = table.mediating()
    for name in ("clerk", "second_mediator"):
        with pytest.raises(NotPermitted):
            table.act(name, agree_mediation, mediation.id, draft(table, mediation))


def test_rewritten_until_somebody_has_signed(table: Table) -> None:
    mediation = agreed(table)
    table.act("mediator", agree_mediation, mediation.id, draft(table, mediation, facts="补充"))
    states = Agreement.objects.filter(mediation=mediation).order_by("turn")
    assert [one.state for one in states] == ["dropped", "draft"]
    sign_all(table, mediation)
    with pytest.raises(IllegalMove):
        table.act("mediator", agree_mediation, mediation.id, draft(table, mediation))
    table.act("mediator", redraft_mediation, mediation.id, note="一方要求改日期")
    assert table.fresh(mediation).state == "mediating"
    assert told(mediation)[-1] == "redraft"


def test_an_amendment_keeps_the_text_before_it(table: Table) -> None:
    mediation = table.in_effect()
    old = Obligation.objects.get(mediation=mediation)
    paid = {"obligation": old.id, "amount": Decimal("4000.00"), "paid_on": TODAY}
    table.act("mediator", pay_mediation, mediation.id, **paid)
    owed = replace(draft(table, mediation).obligations[0], amount=Decimal("6000.00"))
    text = draft(table, mediation, obligations=[owed])
    table.act("mediator", amend_mediation, mediation.id, text)
    sign_all(table, mediation)
    done = seal(table, mediation)
    assert (done.state, done.amount) == ("performing", Decimal("10000.00"))
    texts = Agreement.objects.filter(mediation=mediation).order_by("turn")
    assert [one.state for one in texts] == ["superseded", "effective"]
    assert texts[1].replaces == texts[0]
    old.refresh_from_db()
    assert old.ended_on == TODAY
    assert told(mediation)[-1] == "take_effect"


def test_a_minor_signs_through_a_guardian(table: Table) -> None:
    mediation = agreed(table)
    party = table.party(mediation, "applicant")
    Participant.objects.filter(pk=party.pk).update(minor=True)
    signed = {"signer": str(party.id), "manner": "signature", "signed_on": TODAY}
    with pytest.raises(Invalid) as refused:
        table.act("mediator", sign_mediation, mediation.id, **signed)
    assert "through" in refused.value.fields
