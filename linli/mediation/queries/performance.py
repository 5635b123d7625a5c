"""What is owed under agreements: of one mediation, and of a whole area at any day. In yuan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from linli.accounts.scope import in_area
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
class Outstanding:
    """Money owed under the agreements of an area on a day, and how much of it was overdue."""

    agreed: Decimal
    paid: Decimal
    overdue: Decimal

    @property
    def open(self) -> Decimal:
        """What had not been paid by that day."""
        return self.agreed - self.paid


def outstanding(area: str, day: date) -> Outstanding:
    """Return what was owed on ``day`` over all agreements of an area and below, exactly.

    An agreement counts from its effect until it was replaced; of the obligations that ended with it
    only what was paid on them counts, on both sides.
    """
    owed = Obligation.objects.filter(
        in_area(area, "mediation__case__area_id"), kind="pay", agreement__effective_on__lte=day
    )
    held = owed.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    paid = Payment.objects.filter(obligation__in=owed, paid_on__lte=day)
    on_held = paid.filter(Q(obligation__ended_on=None) | Q(obligation__ended_on__gt=day))
    paid_all, paid_held = _sum(paid, "amount"), _sum(on_held, "amount")
    late = held.filter(due_on__lt=day)
    overdue = _sum(late, "amount") - _sum(on_held.filter(obligation__due_on__lt=day), "amount")
    return Outstanding(_sum(held, "amount") + paid_all - paid_held, paid_all, overdue)


def _sum(found: "QuerySet[Obligation] | QuerySet[Payment]", field: str) -> Decimal:
    total: Decimal = found.aggregate(sum=Coalesce(Sum(F(field)), _ZERO))["sum"]
    return total


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
