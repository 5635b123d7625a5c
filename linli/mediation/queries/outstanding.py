"""Money outstanding over all agreements of an area at any day: the sums, and what is behind them.

An agreement counts from its effect until it was replaced; of the obligations that ended with it only
what was paid on them counts, on both sides. In yuan, exactly.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import DecimalField, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.mediation.models import Obligation, Payment
from linli.mediation.policy import visible_to
from linli.mediation.queries.counted import day_and_key
from linli.mediation.queries.path import masked_name

PAGE = 50
_ZERO = Decimal("0.00")


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


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement with open money. ``due_on`` is the first day of what is open of it.

    ``debtors`` are masked names; ``overdue`` is the part of ``open`` that was due before the day.
    """

    mediation: UUID
    title: str
    number: str
    committee: str
    debtors: str
    due_on: date
    open: Decimal
    overdue: Decimal


def outstanding(area: str, day: date) -> Outstanding:
    """Return what was owed on ``day`` in an area and below; nothing of areas one has no role in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mediation_outstanding(%s, %s)", [area, day])
        found = cursor.fetchone() or (None,) * 3
    return Outstanding(*(amount or _ZERO for amount in found))


def with_open_money(
    actor: Actor, area: str, day: date, *, today: date, after: str = "", size: int = PAGE
) -> tuple[list[Row], str]:
    """Return the agreements with money open on ``day`` that the actor sees, and the next cursor.

    The longest overdue come first. ``today`` only tells whether the day is past.
    """
    found = _open_on(day, today).filter(in_area(area, "mediation__fact__area"))
    # Who reaches the area sees every case of it, and the facts lie in the area of their case.
    if not actor.is_system and not actor.reaches(area):
        found = found.filter(visible_to(actor, "mediation__"))
    grouped = found.values("agreement").annotate(first=Min("due_on")).order_by("first", "agreement")
    if (place := day_and_key(after)) is not None:
        first, key = place
        grouped = grouped.filter(Q(first__gt=first) | Q(first=first, agreement__gt=key))
    keys = list(grouped.values_list("agreement", "first")[: size + 1])
    rows = _rows([key for key, _first in keys[:size]], day, today)
    if len(keys) <= size:
        return rows, ""
    key, first = keys[size - 1]
    return rows, f"{first.isoformat()}_{key}"


def _open_on(day: date, today: date) -> QuerySet[Obligation]:
    """Return the payments that were not fully made on a day, each with what was ``left``."""
    paid = (
        Payment.objects.filter(obligation=OuterRef("pk"), paid_on__lte=day)
        .order_by()
        .values("obligation")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    held = Obligation.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day),
        Q(settled_on=None) | Q(settled_on__gt=day),
        kind="pay",
        agreement__effective_on__lte=day,
    )
    # Nobody pays in the future: from today on, what is open is what is not settled (an index).
    if day >= today:
        held = held.filter(settled_on=None, ended_on=None)
    money = DecimalField(max_digits=14, decimal_places=2)
    left = F("amount") - Coalesce(Subquery(paid), _ZERO, output_field=money)
    return held.annotate(left=left).filter(left__gt=0)


def _rows(agreements: list[UUID], day: date, today: date) -> list[Row]:
    owed: dict[UUID, list[Obligation]] = defaultdict(list)
    found = _open_on(day, today).filter(agreement__in=agreements).order_by("due_on", "position")
    for one in found.select_related("mediation__case", "mediation__committee", "debtor__party"):
        owed[one.agreement_id].append(one)
    return [_row(owed[key], day) for key in agreements if owed[key]]


def _row(owed: list[Obligation], day: date) -> Row:
    first = owed[0]
    debtors = {one.debtor_id: one.debtor for one in owed}.values()
    left = [(one.due_on, one.left) for one in owed]  # type: ignore[attr-defined]
    return Row(
        mediation=first.mediation_id, title=first.mediation.case.title,
        number=first.mediation.case.number, committee=first.mediation.committee.name,
        debtors="、".join(masked_name(one.party) for one in debtors), due_on=first.due_on,
        open=sum((amount for _due, amount in left), _ZERO),
        overdue=sum((amount for due, amount in left if due < day), _ZERO),
    )  # fmt: skip
