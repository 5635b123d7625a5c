"""Tell of work orders: the managing unit hears once of all its cameras that fail together."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from linli.accounts.queries import roles_on
from linli.cameras import lifecycle
from linli.cameras.choices import Condition
from linli.cameras.models import WorkOrder
from linli.cameras.policy import WORKING
from linli.kernel.working_days import local_date
from linli.notices.actions.send import Telling, notify_all

# A switch that dies takes its cameras along over one sweep: wait until no more follow, not for ever.
QUIET, LONGEST_WAIT = timedelta(seconds=45), timedelta(minutes=4)

type Group = tuple[UUID, str]


@transaction.atomic
def tell_orders(*, at: datetime) -> int:
    """Tell units of their fresh work orders, one notice a unit and kind of fault.

    Returns how many were told. A group that still grows waits, but for no more than four minutes.
    """
    groups: defaultdict[Group, list[WorkOrder]] = defaultdict(list)
    for order in _untold():
        groups[order.unit_id, order.kind].append(order)
    ripe = {
        group: orders
        for group, orders in groups.items()
        if at - max(one.opened_at for one in orders) >= QUIET
        or at - min(one.opened_at for one in orders) >= LONGEST_WAIT
    }
    people = people_of({unit for unit, _kind in ripe}, at)
    notify_all([_telling(group, orders, people, at) for group, orders in ripe.items()])
    told = [one.id for orders in ripe.values() for one in orders]
    WorkOrder.objects.filter(pk__in=told).update(told_at=at)
    return len(told)


def _untold() -> QuerySet[WorkOrder]:
    found = WorkOrder.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = found.filter(told_at=None, state=lifecycle.OPEN)
    return waiting.select_related("camera", "unit").order_by("opened_at", "id")


def _telling(
    group: Group, orders: list[WorkOrder], people: dict[UUID, set[UUID]], at: datetime
) -> Telling:
    unit, kind = group
    first = orders[0]
    names = "、".join(one.camera.name for one in orders[:3]) + ("…" if len(orders) > 3 else "")
    due = min(one.due_at for one in orders)
    words = {
        "task": Condition(kind).label, "count": str(len(orders)), "camera": names,
        "due": timezone.localtime(due).strftime("%Y-%m-%d %H:%M"), "unit": first.unit.name,
    }  # fmt: skip
    return Telling(
        "camera_order", ("camera_orders", unit), at, to_users=people.get(unit, set()),
        to_units=[unit], key=f"{unit}:{kind}:{first.id}:{first.times_undone}",
        rule="camera order", words=words,
    )  # fmt: skip


def people_of(units: set[UUID], at: datetime) -> dict[UUID, set[UUID]]:
    """Return unit → the people who look after cameras there today."""
    roles = roles_on(local_date(at)).filter(unit__in=units, kind__in=WORKING)
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for unit, user in roles.values_list("unit", "user"):
        if unit is not None:
            found[unit].add(user)
    return dict(found)
