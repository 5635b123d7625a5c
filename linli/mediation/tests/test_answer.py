"""A referral is answered: the body that sent it hears what became of it."""

from datetime import timedelta

import pytest

from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.mediation.actions.accept import accept_mediation
from linli.mediation.actions.answer import answer_mediation
from linli.mediation.actions.opening import Opening
from linli.mediation.actions.print_file import print_paper
from linli.mediation.actions.receive import receive_mediation
from linli.mediation.models import Mediation
from linli.mediation.queries.day import answers, mine
from linli.mediation.tests.table import TODAY, Table, told
from linli.mediation.tests.test_file import words_of

ANSWER = {"answered_on": TODAY, "note": "双方已达成协议，按期履行。"}


def received(table: Table) -> Mediation:
    """Return a mediation that the court sent."""
    case = table.case()
    opening = Opening(
        source="court", referrer="金川区人民法院", referrer_number="（2026）甘0302委调9号",
        referred_on=TODAY, answer_due_on=TODAY + timedelta(days=2),
        consents=[(party.id, TODAY) for party in case.parties.all()],
    )  # fmt: skip
    mediation: Mediation = table.act("mediator", receive_mediation, case.id, opening)
    return mediation


def test_the_court_is_answered(table: Table) -> None:
    mediation = received(table)
    with pytest.raises(IllegalMove):
        table.act("mediator", answer_mediation, mediation.id, **ANSWER)
    table.act("mediator", accept_mediation, mediation.id)
    actor = table.cast.actor("mediator")
    assert [one.kind for one in answers(mine(actor), TODAY)] == ["answer"]
    early = ANSWER | {"answered_on": TODAY - timedelta(days=1)}
    with pytest.raises(Invalid):
        table.act("mediator", answer_mediation, mediation.id, **early)
    with pytest.raises(NotPermitted):
        table.act("clerk", answer_mediation, mediation.id, **ANSWER)
    table.act("mediator", answer_mediation, mediation.id, **ANSWER)
    assert table.fresh(mediation).answered_on == TODAY
    assert told(mediation) == ["receive", "accept", "answer"]
    assert list(answers(mine(actor), TODAY)) == []
    text = words_of(table.act("mediator", print_paper, mediation.id, "answer", as_pdf=True))
    assert "金川区人民法院" in text
    assert "双方已达成协议" in text


def test_nobody_to_answer(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(IllegalMove):
        table.act("mediator", answer_mediation, mediation.id, **ANSWER)
    page = f"/mediations/{mediation.id}/"
    assert page + "answer/" not in text_of(table.client("mediator").get(page))


def test_the_page_answers(table: Table) -> None:
    mediation = received(table)
    table.act("mediator", accept_mediation, mediation.id)
    page, client = f"/mediations/{mediation.id}/", table.client("mediator")
    assert page + "answer/" in text_of(client.get(page))
    step = {"version": 2, "answered_on": "2026-03-10", "note": "已受理，正在调解。"}
    assert client.post(page + "answer/", step).status_code == 302
    assert "已受理，正在调解。" in text_of(client.get(page))
