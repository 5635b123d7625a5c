"""Find what is overdue: an inspection that was not made becomes a hazard, and its people are told.

Once a morning. Alarm tests that are late are told too, once for each day they were due.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts.actor import SYSTEM
from linli.accounts.models import RoleKind
from linli.accounts.queries import roles_on
from linli.kernel.errors import Refused
from linli.kernel.working_days import local_date
from linli.notices.actions.send import Telling, notify_all
from linli.premises.actions.find_hazard import Found, find_hazard, post_of
from linli.premises.actions.look_again import INSPECTION_OVERDUE
from linli.premises.choices import DeviceKind
from linli.premises.lifecycle import PENDING
from linli.premises.models import Device, Hazard, Premises

INSPECT = gettext_lazy("inspection")
TEST = gettext_lazy("test of the alarm")
TO_INSPECT = timedelta(days=7)
TOLD = (RoleKind.GRID_WORKER, RoleKind.CENTRE_DIRECTOR, RoleKind.DEPARTMENT_OFFICER)
# What is late is told once, and not for years.
_OLD = timedelta(days=31)


def find_overdue(*, at: datetime) -> int:
    """Raise a hazard for each inspection that is overdue and has none; return how many."""
    today = local_date(at)
    pending = Hazard.objects.filter(rule=INSPECTION_OVERDUE, state__in=PENDING)
    late = Premises.objects.filter(closed_on=None, inspection_due__lt=today)
    keys = late.exclude(pk__in=pending.values("premises")).order_by("area", "id")
    raised = [one for key in keys.values_list("id", flat=True) if (one := _raise(key, today, at))]
    notify_all(_tellings(raised, INSPECT, today, at))
    return len(raised)


def remind_of_tests(*, at: datetime) -> int:
    """Tell of alarm tests that are late; return of how many."""
    today = local_date(at)
    late = Device.objects.filter(
        kind=DeviceKind.ONE_KEY_ALARM, retired_at=None, premises__closed_on=None,
        test_due__lt=today, test_due__gte=today - _OLD,
    )  # fmt: skip
    dues: dict[UUID, date] = {}
    for place, due in late.order_by("test_due").values_list("premises", "test_due"):
        if place is not None and due is not None:
            dues.setdefault(place, due)
    places = Premises.objects.filter(pk__in=dues).select_related("responsible", "department")
    found = [(place, dues[place.pk]) for place in places]
    notify_all(_tellings(found, TEST, today, at))
    return len(found)


@transaction.atomic
def _raise(key: UUID, today: date, at: datetime) -> tuple[Premises, date] | None:
    """Raise the hazard of one place, unless somebody inspected it or another worker was faster."""
    rows = Premises.objects.select_for_update(of=("self",), skip_locked=True)
    place = rows.select_related("responsible", "department").filter(
        pk=key, closed_on=None, inspection_due__lt=today
    ).first()  # fmt: skip
    same = Hazard.objects.filter(premises=key, rule=INSPECTION_OVERDUE, state__in=PENDING)
    if place is None or place.inspection_due is None or same.exists():
        return None
    found = Found(
        text=_("Inspection overdue since %(day)s") % {"day": place.inspection_due.isoformat()},
        rule=INSPECTION_OVERDUE, due_on=today + TO_INSPECT,
    )  # fmt: skip
    try:
        find_hazard(place, found, actor=SYSTEM, at=at)
    except Refused:
        # No centre covers the area: the page of what is due shows it all the same.
        return None
    return place, place.inspection_due


def _tellings(
    found: Iterable[tuple[Premises, date]], task: object, today: date, at: datetime
) -> list[Telling]:
    rows = list(found)
    units = {place.id: _units(place) for place, _due in rows}
    roles = roles_on(today).filter(unit__in={u for us in units.values() for u in us}, kind__in=TOLD)
    people: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for unit, user in roles.values_list("unit", "user"):
        if unit is not None:
            people[unit].add(user)
    return [
        Telling(
            "premises_due", ("premises", place.id), at,
            to_users={user for unit in units[place.id] for user in people[unit]},
            key=f"{place.id}:{task}:{due}", rule="premises due",
            words={"place": place.name, "task": task, "due": due.isoformat()},
        )
        for place, due in rows
    ]  # fmt: skip


def _units(place: Premises) -> set[UUID]:
    own = {unit for unit in (place.responsible_id, place.department_id) if unit}
    try:
        return own | {post_of(place).id}
    except Refused:
        return own
