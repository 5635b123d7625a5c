"""Remind: what is due for cameras, told every morning to the units it concerns."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Unit
from linli.cameras import lifecycle
from linli.cameras.actions.tell_orders import people_of
from linli.cameras.models import Agreement, Camera, Contract, WorkOrder
from linli.kernel.working_days import local_date
from linli.notices.actions.send import Telling, notify_all

# A filing is told a week before its day; what ends is told 30 days before, and again in the last week.
_NEAR = timedelta(days=7)
_AHEAD = timedelta(days=lifecycle.WARNING_DAYS)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due for cameras of a unit: what, how often, when first, and told how often."""

    unit: UUID
    task: str | Promise
    count: int
    first: date
    key: str


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell units of filings, agreements and contracts that end, and repairs that are late.

    Each is told to a person once a week at most, however often this runs. Returns how many.
    """
    today = local_date(at)
    week = f"{today.isocalendar().year}W{today.isocalendar().week}"
    found = [
        *_filings(today, week), *_agreements(today, at), *_contracts(today), *_late(at, week),
    ]  # fmt: skip
    units = {one.unit for one in found}
    people, names = (
        people_of(units, at),
        dict(Unit.objects.values_list("id", "name").filter(pk__in=units)),
    )
    notify_all([_telling(one, people.get(one.unit, set()), names[one.unit], at) for one in found])
    return len(found)


def _telling(due: Due, people: set[UUID], unit: str, at: datetime) -> Telling:
    words = {
        "task": due.task, "count": str(due.count), "due": due.first.isoformat(), "unit": unit,
    }  # fmt: skip
    return Telling(
        "camera_due", ("cameras", due.unit), at, to_users=people, key=f"{due.unit}:{due.key}",
        rule="camera due", words=words,
    )  # fmt: skip


def _filings(today: date, week: str) -> Iterator[Due]:
    near = Camera.objects.filter(filing_due__lte=today + _NEAR, retired_on=None)
    rows = near.values_list("managing").annotate(Count("pk"), Min("filing_due")).order_by()
    for unit, count, first in rows:
        yield Due(unit, _("cameras to be filed with the police"), count, first, f"filing:{week}")


def _agreements(today: date, at: datetime) -> Iterator[Due]:
    ending = Agreement.objects.filter(ended_at=None, ends_at__gt=at, ends_at__lte=at + _AHEAD)
    for agreement in ending:
        last = timezone.localtime(agreement.ends_at).date() - timedelta(days=1)
        stage = "last" if last - today <= _NEAR else "ahead"
        for unit in (agreement.giving_id, agreement.taking_id):
            task = _("sharing agreements that end")
            yield Due(unit, task, 1, last, f"agreement:{agreement.id}:{stage}")


def _contracts(today: date) -> Iterator[Due]:
    used = Q(cameras__retired_on=None, cameras__isnull=False)
    ending = Contract.objects.filter(used, until__gte=today, until__lte=today + _AHEAD).distinct()
    found: defaultdict[UUID, list[Contract]] = defaultdict(list)
    for contract in ending:
        found[contract.owner_id].append(contract)
    for unit, contracts in found.items():
        first = min(one.until for one in contracts if one.until)
        stage = "last" if first - today <= _NEAR else "ahead"
        task = _("maintenance contracts that end")
        yield Due(unit, task, len(contracts), first, f"contract:{first}:{stage}")


def _late(at: datetime, week: str) -> Iterator[Due]:
    late = WorkOrder.objects.filter(state=lifecycle.OPEN, due_at__lt=at)
    rows = late.values_list("unit").annotate(Count("pk"), Min("due_at")).order_by()
    for unit, count, first in rows:
        day = timezone.localtime(first).date()
        yield Due(unit, _("cameras whose repair is late"), count, day, f"late:{week}")
