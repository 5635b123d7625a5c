"""The official statistics form of an area and a period, counted from the mediations themselves.

A mediation belongs to the day it was opened. ``resolved`` are those whose agreement took effect.
A city's own subtypes count under their parent type, so that the form has the official types only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from linli.accounts.scope import in_area
from linli.mediation import lifecycle
from linli.mediation.choices import Averted, CommitteeKind, Form, Source
from linli.mediation.models import Event, Mediation, Mediator

# What an archived file came from is told by its timeline: a day of effect stays written even where
# the parties went back to the table and failed.
_FILED_AWAY = Event.objects.filter(
    mediation=OuterRef("pk"), verb="archive", from_state=lifecycle.FOLLOWED_UP
)
RESOLVED = Q(state__in=sorted(lifecycle.SUCCEEDED)) | Q(
    Exists(_FILED_AWAY), state=lifecycle.ARCHIVED
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of mediations; ``amount`` in yuan, ``rate`` in percent (None: nothing opened).

    ``by_type``, ``by_source`` and ``by_committee`` each add up to ``total``; ``by_form`` counts the
    agreements in effect, with "" for those whose form isn't written down, and adds up to
    ``resolved``.
    """

    total: int
    resolved: int
    hard: int
    amount: Decimal
    by_type: Mapping[str, int]
    by_source: Mapping[str, int]
    by_committee: Mapping[str, int]
    by_form: Mapping[str, int]
    averted: Mapping[str, int]

    @property
    def rate(self) -> float | None:
        """The share that was resolved, with one decimal."""
        return round(100 * self.resolved / self.total, 1) if self.total else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The form: its figures, those of as many days before, and the mediators of the area.

    ``before`` is None where the period has no beginning or no end.
    """

    now: Figures
    before: Figures | None
    full_time: int
    part_time: int


def statistics(area: str, first: date | None, last: date | None, at: datetime) -> Statistics:
    """Return the form for the mediations opened from ``first`` to ``last``, both in it.

    Mediators are those of the last day of the period, and never later than ``at``.
    """
    before = None
    if first and last:
        before = figures(area, first - (last - first) - _DAY, first - _DAY)
    today = timezone.localdate(at)
    full_time, part_time = _mediators(area, min(last or today, today))
    return Statistics(figures(area, first, last), before, full_time, part_time)


def figures(area: str, first: date | None, last: date | None) -> Figures:
    """Return the counts of an area and everything below it."""
    opened = _opened(area, first, last)
    resolved = opened.filter(RESOLVED)
    sums = opened.aggregate(total=Count("id"), hard=Count("id", filter=Q(hard=True)))
    reached = resolved.aggregate(count=Count("id"), amount=Sum("amount"))
    by_type = opened.annotate(type=Coalesce("case__category__parent_id", "case__category_id"))
    return Figures(
        total=sums["total"],
        resolved=reached["count"],
        hard=sums["hard"],
        amount=reached["amount"] or Decimal("0.00"),
        by_type=_counts(by_type, "type"),
        by_source=dict.fromkeys(Source.values, 0) | _counts(opened, "source"),
        by_committee=dict.fromkeys(CommitteeKind.values, 0) | _counts(opened, "committee__kind"),
        by_form=dict.fromkeys(Form.values, 0) | _counts(resolved, "form"),
        averted=dict.fromkeys(Averted.values, 0) | _counts(opened.exclude(averted=""), "averted"),
    )


def _opened(area: str, first: date | None, last: date | None) -> QuerySet[Mediation]:
    found = Mediation.objects.filter(in_area(area, "case__area_id"))
    if first:
        found = found.filter(opened_at__gte=_midnight(first))
    if last:
        found = found.filter(opened_at__lt=_midnight(last + _DAY))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _counts(found: QuerySet[Mediation], field: str) -> dict[str, int]:
    pairs = found.order_by().values_list(F(field)).annotate(count=Count("id"))
    return {value or "": count for value, count in pairs}


def _mediators(area: str, day: date) -> tuple[int, int]:
    there = Mediator.objects.filter(
        Q(until=None) | Q(until__gte=day),
        in_area(area, "committee__unit__area_id"),
        since__lte=day,
    )
    counted = there.aggregate(
        full=Count("user", filter=Q(full_time=True)), part=Count("user", filter=Q(full_time=False))
    )
    return counted["full"], counted["part"]
