"""What is owed under the agreements of one mediation, in yuan."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from linli.mediation.models import Mediation, Obligation, Payment

_ZERO = Decimal("0.00")


def open_of(mediation: Mediation) -> QuerySet[Obligation]:
    """Return what is open under the agreement in effect, in the order of its days."""
    return Obligation.objects.filter(
        mediation=mediation, agreement__state="effective", settled_on=None, ended_on=None
    ).order_by("due_on", "position")


def outstanding_of(obligation: Obligation) -> Decimal:
    """Return what of a payment is still open."""
    paid = obligation.payments.aggregate(sum=Sum("amount"))["sum"] or _ZERO
    return (obligation.amount or _ZERO) - paid


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation with what of it is still open; None for an act."""

    owed: Obligation
    open: Decimal | None

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be performed."""
        return self.owed.settled_on is None and self.owed.ended_on is None


def ledger(mediation: Mediation) -> tuple[list[Line], list[Payment]]:
    """Return what is owed under every text that took effect, by day, and what was entered."""
    owed = (
        Obligation.objects.filter(mediation=mediation, agreement__effective_on__isnull=False)
        .select_related("debtor__party")
        .annotate(paid=Coalesce(Sum("payments__amount"), _ZERO))
        .order_by("due_on", "position")
    )
    lines = [Line(one, one.amount - one.paid if one.amount is not None else None) for one in owed]
    payments = Payment.objects.filter(mediation=mediation).select_related(
        "obligation", "recorded_by"
    )
    return lines, list(payments.order_by("-recorded_at", "-id"))
