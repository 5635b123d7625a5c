"""Performance: paid in parts, settled to the cent, taken back, broken, taken up again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.mediation.actions.breach import breach_mediation
from linli.mediation.actions.mend import mend_mediation
from linli.mediation.actions.pay import pay_mediation
from linli.mediation.actions.perform import perform_mediation
from linli.mediation.actions.reverse import reverse_mediation
from linli.mediation.instalments import split
from linli.mediation.models import Mediation, Obligation, Payment
from linli.mediation.queries.performance import outstanding_of
from linli.mediation.tests.table import TODAY, Table, told

PARTS = [(str(amount), day) for amount, day in split(Decimal("10000.00"), 4, date(2026, 4, 10))]


def owed(mediation: Mediation) -> list[Obligation]:
    """Return the obligations in their order."""
    return list(Obligation.objects.filter(mediation=mediation).order_by("position"))


def pay(table: Table, mediation: Mediation, obligation: Obligation, amount: str | None) -> None:
    """Pay something today."""
    given_ = {"obligation": obligation.id, "paid_on": TODAY}
    money = Decimal(amount) if amount else None
    table.act("mediator", pay_mediation, mediation.id, amount=money, **given_)


def test_the_last_payment_makes_it_performed(table: Table) -> None:
    mediation = table.in_effect(instalments=PARTS)
    first, *others = owed(mediation)
    pay(table, mediation, first, "1000.00")
    assert outstanding_of(first) == Decimal("1500.00")
    with pytest.raises(Invalid) as refused:
        pay(table, mediation, first, "1500.01")
    assert "1,500.00" in str(refused.value.fields["amount"])
    with pytest.raises(IllegalMove):
        table.act("mediator", perform_mediation, mediation.id, performed_on=TODAY)
    for one in (first, *others):
        pay(table, mediation, one, None)
    done = table.fresh(mediation)
    assert (done.state, done.performed_on) == ("performed", TODAY)
    assert told(mediation)[-2:] == ["pay", "perform"]
    with pytest.raises(IllegalMove):
        pay(table, mediation, first, None)


def test_it_is_performed_on_the_day_the_last_of_it_was_done(table: Table) -> None:
    mediation = table.in_effect(
        effective_on=TODAY - timedelta(days=9),
        instalments=[("1.00", TODAY - timedelta(days=2)), ("2.00", TODAY)],
    )
    first, second = owed(mediation)
    # The receipt of the first comes after that of the second.
    for one, day in ((second, TODAY), (first, TODAY - timedelta(days=3))):
        told_ = {"obligation": one.id, "paid_on": day}
        table.act("mediator", pay_mediation, mediation.id, **told_)
    assert table.fresh(mediation).performed_on == TODAY


def test_a_mistake_is_taken_back_by_another_row(table: Table) -> None:
    mediation = table.in_effect()
    [one] = owed(mediation)
    pay(table, mediation, one, None)
    wrong = Payment.objects.get(mediation=mediation)
    given_ = {"payment": wrong.id, "note": "记错了案件"}
    table.act("mediator", reverse_mediation, mediation.id, **given_)
    assert table.fresh(mediation).state == "performing"
    assert outstanding_of(one) == Decimal("10000.00")
    with pytest.raises(IllegalMove):
        table.act("mediator", reverse_mediation, mediation.id, **given_)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=wrong.pk).update(amount=Decimal("1.00"))


def test_a_breach_has_a_next_step(table: Table) -> None:
    mediation = table.in_effect(instalments=[("10000.00", TODAY - timedelta(days=1))])
    [one] = owed(mediation)
    broken = {"obligation": one.id, "note": "到期未付"}
    with pytest.raises(IllegalMove) as refused:
        table.act("mediator", breach_mediation, mediation.id, breach_step="enforce", **broken)
    assert "33" in str(refused.value.hint)
    table.act("mediator", breach_mediation, mediation.id, breach_step="urge", **broken)
    assert table.fresh(mediation).state == "breached"
    table.act("mediator", mend_mediation, mediation.id, note="答应月底付清")
    one.refresh_from_db()
    assert (table.fresh(mediation).state, one.breach_step) == ("performing", "")
    assert told(mediation)[-2:] == ["breach", "mend"]


def test_what_is_not_due_is_not_broken(table: Table) -> None:
    mediation = table.in_effect()
    [one] = owed(mediation)
    broken = {"obligation": one.id, "breach_step": "urge", "note": "到期未付"}
    with pytest.raises(IllegalMove):
        table.act("mediator", breach_mediation, mediation.id, **broken)


def test_who_may(table: Table) -> None:
    mediation = table.in_effect()
    [one] = owed(mediation)
    with pytest.raises(NotPermitted):
        table.act("clerk", pay_mediation, mediation.id, obligation=one.id, paid_on=TODAY)


def test_a_receipt_that_comes_late_settles_on_the_day_of_the_last_payment(table: Table) -> None:
    mediation = table.in_effect(effective_on=TODAY - timedelta(days=9))
    [one] = owed(mediation)
    pay(table, mediation, one, "6000.00")
    earlier = {"obligation": one.id, "amount": None, "paid_on": TODAY - timedelta(days=3)}
    table.act("mediator", pay_mediation, mediation.id, **earlier)
    one.refresh_from_db()
    assert one.settled_on == TODAY
