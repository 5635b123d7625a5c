"""Check points: written down, changed, taken away; and a new code for the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound
from linli.patrol.actions.step import locked_area
from linli.patrol.choices import PointKind
from linli.patrol.models import CheckPoint, PatrolArea
from linli.patrol.policy import leads_area, permit

LONGEST_NAME, LONGEST_STAY, MOST_WINDOWS, DAY = 80, 120, 12, 1440


@dataclass(frozen=True, slots=True)
class Window:
    """When to be there: weekdays (0 is Monday), from and to in minutes of the day."""

    days: tuple[int, ...]
    begins: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointData:
    """What is written down about a check point; degrees are WGS-84."""

    kind: str
    name: str
    longitude: float
    latitude: float
    windows: Sequence[Window] = ()
    minutes: int = 5


@transaction.atomic
def add_point(area_id: UUID, data: PointData, *, actor: Actor, at: datetime) -> CheckPoint:
    """Write a new check point down."""
    area = locked_area(area_id, actor)
    permit(leads_area(actor, area))
    point = CheckPoint(patrol_area=area)
    _write(point, data)
    point.save(force_insert=True)
    _record(point, "add_point", actor, at)
    return point


@transaction.atomic
def change_point(point_id: UUID, data: PointData, *, actor: Actor, at: datetime) -> CheckPoint:
    """Change what is known of a check point."""
    point, _area = _begin(point_id, actor)
    _write(point, data)
    point.save()
    _record(point, "change_point", actor, at)
    return point


@transaction.atomic
def retire_point(point_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Ask nobody to be there any more."""
    point, _area = _begin(point_id, actor)
    point.retired_at = at
    point.save(update_fields=["retired_at"])
    _record(point, "retire_point", actor, at)


@transaction.atomic
def renew_code(point_id: UUID, *, actor: Actor, at: datetime) -> CheckPoint:
    """Make a new code for the paper; the old one opens nothing from now on."""
    point, _area = _begin(point_id, actor)
    point.edition += 1
    point.save(update_fields=["edition"])
    _record(point, "renew_code", actor, at)
    return point


def _begin(point_id: UUID, actor: Actor) -> tuple[CheckPoint, PatrolArea]:
    point = CheckPoint.objects.select_for_update().filter(pk=point_id, retired_at=None).first()
    if point is None:
        raise NotFound(_("There is no such check point here."))
    area = locked_area(point.patrol_area_id, actor)
    permit(leads_area(actor, area))
    return point, area


def _write(point: CheckPoint, data: PointData) -> None:
    wrong: dict[str, str] = {}
    name = data.name.strip()
    if data.kind not in PointKind.values:
        wrong["kind"] = _("Choose a kind.")
    if not name or len(name) > LONGEST_NAME:
        wrong["name"] = _("A name has 1 to %(most)d characters.") % {"most": LONGEST_NAME}
    if not (-180 <= data.longitude <= 180 and -90 <= data.latitude <= 90):
        wrong["longitude"] = _("This is no place on earth.")
    if not 0 <= data.minutes <= LONGEST_STAY:
        wrong["minutes"] = _("A number from 0 to %(most)d.") % {"most": LONGEST_STAY}
    if len(data.windows) > MOST_WINDOWS or not all(_possible(one) for one in data.windows):
        wrong["windows"] = _("A time begins before it ends, on one weekday at least.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    point.kind, point.name, point.minutes = data.kind, name, data.minutes
    point.longitude, point.latitude = data.longitude, data.latitude
    point.windows = [
        {"days": sorted(set(one.days)), "begins": one.begins, "ends": one.ends}
        for one in data.windows
    ]


def _possible(window: Window) -> bool:
    days = bool(window.days) and all(0 <= day <= 6 for day in window.days)
    return days and 0 <= window.begins < window.ends <= DAY


def _record(point: CheckPoint, verb: str, actor: Actor, at: datetime) -> None:
    facts = {"area": str(point.patrol_area_id), "kind": point.kind, "edition": point.edition}
    record("patrol_point", point.id, f"patrol.{verb}", actor=actor.user_id, at=at, facts=facts)
