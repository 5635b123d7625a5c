"""What is due: inspections, alarm tests, hazards, drills, devices to be replaced. By name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, TruncDate

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.premises.choices import DeviceKind
from linli.premises.lifecycle import PENDING
from linli.premises.models import Device, Drill, Hazard, Premises
from linli.premises.policy import devices_visible_to, visible_to

AHEAD = timedelta(days=14)
MOST = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is due: of a place, perhaps a device or a hazard there."""

    what: str
    place: UUID | None
    place_name: str
    day: date
    about: UUID | None = None
    text: str = ""


def inspections(actor: Actor, area: str, until: date) -> QuerySet[Premises]:
    """Return the places whose inspection is due by ``until``, the longest overdue first."""
    there = Premises.objects.filter(visible_to(actor), closed_on=None, inspection_due__lte=until)
    return there.filter(_in(area)).order_by("inspection_due", "id")


def tests(actor: Actor, area: str, until: date) -> QuerySet[Device]:
    """Return the one-key alarms whose test is due by ``until``."""
    return (
        Device.objects.filter(
            devices_visible_to(actor), _in(area), kind=DeviceKind.ONE_KEY_ALARM, retired_at=None,
            test_due__lte=until,
        )
        .filter(Q(premises=None) | Q(premises__closed_on=None))
        .order_by("test_due", "id")
    )  # fmt: skip


def hazards(actor: Actor, area: str) -> QuerySet[Hazard]:
    """Return the hazards that are not closed, the nearest day first."""
    there = Hazard.objects.filter(visible_to(actor, "premises__"), state__in=PENDING)
    return there.filter(_in(area, "premises__area")).order_by("due_on", "id")


def drills(actor: Actor, area: str, until: date) -> QuerySet[Premises]:
    """Return the places whose kind asks for drills and whose next one is due by ``until``."""
    since = Coalesce("drilled_on", TruncDate("added_at"))
    due = ExpressionWrapper(F("since") + F("kind__drill_days"), output_field=DateField())
    there: Any = Premises.objects.filter(visible_to(actor), closed_on=None, kind__drill_days__gt=0)
    dated = there.filter(_in(area)).annotate(since=Cast(since, DateField())).annotate(drill_due=due)
    found: QuerySet[Premises] = dated.filter(drill_due__lte=until).order_by("drill_due", "id")
    return found


def replacements(actor: Actor, area: str, until: date) -> QuerySet[Device]:
    """Return the devices to be replaced by ``until``: extinguishers, batteries."""
    there = Device.objects.filter(devices_visible_to(actor), _in(area), retired_at=None)
    return there.filter(expires_on__lte=until).order_by("expires_on", "id")


def planned(actor: Actor, area: str) -> QuerySet[Drill]:
    """Return the drills that are planned and neither held nor called off."""
    there = Drill.objects.filter(visible_to(actor, "premises__"), held_on=None, cancelled_at=None)
    return there.filter(_in(area, "premises__area")).order_by("planned_on", "id")


def due(actor: Actor, area: str, today: date) -> dict[str, Sequence[Item]]:
    """Return what is late or due within two weeks, by what it is; at most :data:`MOST` of each."""
    until = today + AHEAD
    at = inspections(actor, area, until).values_list("id", "name", "inspection_due")
    tested = tests(actor, area, until).values_list(
        "premises", "premises__name", "test_due", "id", "name"
    )
    open_ = hazards(actor, area).values_list("premises", "premises__name", "due_on", "id", "text")
    drilled: Any = drills(actor, area, until)
    old = replacements(actor, area, until).values_list(
        "premises", "premises__name", "expires_on", "id", "name"
    )
    return {
        "inspection": _items("inspection", at),
        "test": _items("test", tested),
        "hazard": _items("hazard", open_),
        "drill": _items("drill", drilled.values_list("id", "name", "drill_due")),
        "replace": _items("replace", old),
    }


def _items(what: str, rows: Any) -> list[Item]:
    return [Item(what, *row) for row in rows[:MOST]]


def _in(area: str, field: str = "area") -> Q:
    return in_area(area, field) if area else Q()
