"""Effect: a text becomes the agreement; with the first one the case is resolved."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases import lifecycle as of_case
from linli.cases.actions.resolve import resolve_case
from linli.kernel.errors import Invalid
from linli.mediation.actions.schedule import schedule_follow_ups
from linli.mediation.actions.step import finish
from linli.mediation.choices import AgreementState
from linli.mediation.models import Agreement, Mediation, Obligation, Payment

_CHANGED = ["form", "effective_on", "amount", "ended_at", "due_on"]


def bring_into_effect(
    mediation: Mediation,
    day: date,
    *,
    outcome: str,
    actor: Actor,
    at: datetime,
    sealed_on: date | None = None,
) -> Agreement:
    """Let the text in hand hold from ``day``; the one before it and what is open under it end.

    The case is resolved with ``outcome`` in the same transaction, unless it is already.
    """
    agreement = Agreement.objects.get(mediation=mediation, state=AgreementState.DRAFT)
    _end_former(mediation, agreement, day)
    agreement.state, agreement.effective_on = AgreementState.EFFECTIVE, day
    agreement.sealed_on = sealed_on
    agreement.save(update_fields=["state", "effective_on", "sealed_on"])
    first = mediation.case.state != of_case.RESOLVED
    if first:
        mediation.effective_on, mediation.ended_at = day, at
    mediation.form, mediation.amount = agreement.form, _worth(mediation, agreement)
    finish(
        mediation, "take_effect", by=actor.user_id, at=at, changed=_CHANGED,
        facts={"agreement": str(agreement.id), "on": day.isoformat(), "form": agreement.form},
    )  # fmt: skip
    if first:
        if not outcome.strip():
            raise Invalid(
                _("The outcome is missing."), {"outcome": _("Write the outcome in a few words.")}
            )
        resolve_case(mediation.case_id, note=outcome, actor=actor, at=at)
        schedule_follow_ups(mediation, at)
    return agreement


def _end_former(mediation: Mediation, agreement: Agreement, day: date) -> None:
    former = Agreement.objects.filter(mediation=mediation, state=AgreementState.EFFECTIVE)
    former.exclude(pk=agreement.pk).update(state=AgreementState.SUPERSEDED)
    open_ = Obligation.objects.filter(mediation=mediation, settled_on=None, ended_on=None)
    open_.exclude(agreement=agreement).update(ended_on=day)


def _worth(mediation: Mediation, agreement: Agreement) -> Decimal:
    """What was paid under the texts before, and what this one says."""
    owed = agreement.obligations.aggregate(sum=Sum("amount"))["sum"]
    paid = Payment.objects.filter(mediation=mediation).aggregate(sum=Sum("amount"))["sum"]
    return (owed or Decimal("0.00")) + (paid or Decimal("0.00"))
