"""Pay: money that was paid, in full or in part, or an act that was done (Act art. 31)."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.models import Attachment
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.mediation.actions.add_paper import add_paper
from linli.mediation.actions.days import check_day
from linli.mediation.actions.perform import perform_in_full
from linli.mediation.actions.step import begin, finish
from linli.mediation.choices import ObligationKind, PaperKind
from linli.mediation.models import Mediation, Obligation, Payment
from linli.mediation.queries.performance import open_of, outstanding_of


@transaction.atomic
def pay_mediation(
    mediation_id: UUID,
    *,
    obligation: UUID,
    paid_on: date,
    actor: Actor,
    at: datetime,
    amount: Decimal | None = None,
    receipt: UUID | None = None,
    seen: int | None = None,
) -> Mediation:
    """Write a payment of ``amount`` yuan down (None: all that is open), or that an act was done.

    The last one makes the mediation performed.
    """
    mediation = begin("pay", mediation_id, actor, seen=seen)
    owed = _owed(mediation, obligation)
    check_day("paid_on", paid_on, at, since=owed.agreement.reached_on)
    paid = _paid(owed, amount)
    scan = _receipt(mediation, receipt)
    row = Payment(
        mediation=mediation, obligation=owed, amount=paid, paid_on=paid_on, receipt=scan,
        recorded_at=at, recorded_by_id=actor.user_id,
    )  # fmt: skip
    if paid is None or paid == outstanding_of(owed):
        _settle(owed, paid_on)
    facts = {
        "payment": str(row.id),
        "obligation": str(owed.id),
        "amount": str(paid) if paid is not None else None,
        "on": paid_on.isoformat(),
    }
    finish(mediation, "pay", by=actor.user_id, at=at, facts=facts, rows=[row])
    if scan is not None:
        # A receipt is a paper of the file, too.
        add_paper(
            mediation.id, kind=PaperKind.RECEIPT, attachment=scan.id, dated=paid_on, actor=actor,
            at=at,
        )  # fmt: skip
    if not open_of(mediation).exists():
        perform_in_full(mediation, _last_day(mediation) or paid_on, by=actor.user_id, at=at)
    return mediation


def _settle(owed: Obligation, paid_on: date) -> None:
    """A receipt may come late: it is settled on the day the last of it was paid."""
    days = owed.payments.filter(reverses=None, reversed_by=None).values_list("paid_on", flat=True)
    owed.settled_on = max([paid_on, *days])
    owed.save(update_fields=["settled_on"])


def _last_day(mediation: Mediation) -> date | None:
    """Return the day on which the last of the agreement in effect was performed."""
    settled = Obligation.objects.filter(
        mediation=mediation, agreement__state="effective", ended_on=None
    )
    day: date | None = settled.aggregate(last=Max("settled_on"))["last"]
    return day


def _owed(mediation: Mediation, obligation: UUID) -> Obligation:
    owed = (
        Obligation.objects.filter(mediation=mediation, pk=obligation)
        .exclude(agreement__state="draft")
        .select_related("agreement")
        .first()
    )
    if owed is None:
        raise NotFound(_("There is no such obligation here."))
    if owed.settled_on or owed.ended_on:
        raise IllegalMove(_("This obligation is not open any more."))
    return owed


def _paid(owed: Obligation, amount: Decimal | None) -> Decimal | None:
    if owed.kind == ObligationKind.ACT:
        return None
    still = outstanding_of(owed)
    paid = still if amount is None else amount
    if not 0 < paid <= still:
        raise Invalid(
            _("This amount can't be."),
            {"amount": _("Open are %(amount)s yuan.") % {"amount": f"{still:,.2f}"}},
        )
    return paid


def _receipt(mediation: Mediation, receipt: UUID | None) -> Attachment | None:
    if receipt is None:
        return None
    found = Attachment.objects.filter(case_id=mediation.case_id, pk=receipt, removed_at=None)
    if (row := found.first()) is None:
        raise NotFound(_("There is no such file here."))
    return row
