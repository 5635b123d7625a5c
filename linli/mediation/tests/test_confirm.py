"""Judicial confirmation: within thirty days, by both together; then the court's steps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.kernel.working_days import is_working_day
from linli.mediation.actions.confirm import Court, confirm_mediation
from linli.mediation.actions.remediate import remediate_mediation
from linli.mediation.models import Confirmation, ConfirmationEvent, Mediation
from linli.mediation.queries.confirmation import last_day
from linli.mediation.tests.table import TODAY, Table, noon, told

ASK = Court(step="ask", on=TODAY, together=True, court="市人民法院")


def step(table: Table, mediation: Mediation, court: Court, **more: object) -> None:
    """Do a step on its day."""
    given_ = {"at": noon(court.on), **more}
    table.act("mediator", confirm_mediation, mediation.id, court, **given_)


def test_asked_taken_confirmed(table: Table) -> None:
    mediation = table.in_effect()
    step(table, mediation, ASK)
    step(table, mediation, Court(step="take", on=TODAY, number="（2026）司确1号"))
    row = Confirmation.objects.get(mediation=mediation)
    assert (row.state, row.decide_by) == ("taken", date(2026, 4, 9))
    longer = date(2026, 5, 11)
    step(table, mediation, Court(step="prolong", on=TODAY, decide_by=longer))
    step(table, mediation, Court(step="confirm", on=date(2026, 4, 20)))
    row.refresh_from_db()
    assert (row.state, row.decide_by, row.decided_on) == ("confirmed", longer, date(2026, 4, 20))
    verbs = ConfirmationEvent.objects.filter(confirmation=row).order_by("id")
    assert [one.verb for one in verbs] == ["ask", "take", "prolong", "confirm"]
    assert told(mediation)[-4:] == ["confirm"] * 4
    with pytest.raises(IllegalMove):
        step(table, mediation, replace(ASK, on=date(2026, 4, 8)), at=noon(date(2026, 4, 21)))


def test_too_late_or_alone(table: Table) -> None:
    mediation = table.in_effect()
    with pytest.raises(Invalid) as alone:
        step(table, mediation, replace(ASK, together=False))
    assert "33" in str(alone.value.fields["together"])
    with pytest.raises(IllegalMove) as late:
        step(table, mediation, replace(ASK, on=date(2026, 4, 10)))
    assert "33" in str(late.value.hint)
    step(table, mediation, replace(ASK, on=date(2026, 4, 9)))


def test_before_an_agreement_there_is_nothing_to_confirm(table: Table) -> None:
    mediation = table.mediating()
    with pytest.raises(IllegalMove) as refused:
        step(table, mediation, ASK)
    assert "33" in str(refused.value.hint)


def test_after_a_refusal_back_to_the_table(table: Table) -> None:
    mediation = table.in_effect()
    step(table, mediation, ASK)
    refusal = Court(step="not_take", on=TODAY, reason_text="材料不全")
    with pytest.raises(Invalid):
        step(table, mediation, refusal)
    step(table, mediation, replace(refusal, reason="papers"))
    page = table.client("mediator").get(f"/mediations/{mediation.id}/")
    assert "材料不全" in text_of(page)
    table.act("mediator", remediate_mediation, mediation.id, note="法院未受理，重新调解")
    assert table.fresh(mediation).state == "mediating"
    assert told(mediation)[-1] == "remediate"


def test_who_may(table: Table) -> None:
    mediation = table.in_effect()
    with pytest.raises(NotPermitted):
        table.act("clerk", confirm_mediation, mediation.id, ASK)


@pytest.mark.django_db
@settings(max_examples=25)
@given(st.dates(date(2020, 1, 1), date(2026, 11, 1)))
def test_the_last_day_is_a_working_day_thirty_days_on_or_later(effect: date) -> None:
    last = last_day(effect)
    assert is_working_day(last)
    assert last >= effect + timedelta(days=30)
    between = (effect + timedelta(days=n) for n in range(30, (last - effect).days))
    assert not any(is_working_day(day) for day in between)


def test_the_page_counts_the_days(table: Table) -> None:
    mediation, client = table.in_effect(), table.client("mediator")
    page = f"/mediations/{mediation.id}/"
    assert "2026-04-09" in text_of(client.get(page))
    form = {
        "version": mediation.version, "step": "ask", "on": "2026-03-10", "together": "on",
        "court": "市人民法院",
    }  # fmt: skip
    assert client.post(page + "confirm/", form).status_code == 302
    assert "市人民法院" in text_of(client.get(page))
