"""The list of premises: what can be asked of it, a page of it, and the same places as points."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.premises.choices import DeviceKind, DeviceState
from linli.premises.lifecycle import PENDING
from linli.premises.models import Device, Hazard, Premises
from linli.premises.policy import visible_to

PAGE = 50
MOST_POINTS = 10_000
BAD = (DeviceState.FAULT, DeviceState.OFFLINE, DeviceState.UNCONNECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list shows. ``devices`` is a state some device is in; ``overdue`` what is late.

    ``overdue`` is ``inspection``, ``test``, ``hazard`` or ``drill``; empty for everything.
    """

    words: str = ""
    kind: str = ""
    area: str = ""
    devices: str = ""
    overdue: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, with what is wrong there."""

    id: UUID
    name: str
    kind: str
    area: str
    address: str
    inspection_due: date | None
    devices: int
    bad: int
    hazards: int

    def light(self, today: date) -> str:
        """Return red for what is late or open, yellow for a device out of order, else nothing."""
        if self.hazards or (self.inspection_due and self.inspection_due < today):
            return "red"
        return "yellow" if self.bad else ""


def chosen(actor: Actor, asked: Asked, today: date) -> QuerySet[Premises]:
    """Return the visible premises that fit what was asked."""
    found = Premises.objects.filter(visible_to(actor), closed_on__isnull=not asked.closed)
    if asked.words:
        found = found.filter(Q(name__icontains=asked.words) | Q(address__icontains=asked.words))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.area:
        found = found.filter(in_area(asked.area))
    used = Device.objects.filter(premises=OuterRef("pk"), retired_at=None)
    if asked.devices:
        found = found.filter(Exists(used.filter(state=asked.devices)))
    return found.filter(_late(asked.overdue, used, today))


def _late(overdue: str, used: QuerySet[Device], today: date) -> Any:
    if overdue == "inspection":
        return Q(inspection_due__lt=today)
    if overdue == "test":
        return Exists(used.filter(kind=DeviceKind.ONE_KEY_ALARM, test_due__lt=today))
    if overdue == "hazard":
        late = Hazard.objects.filter(premises=OuterRef("pk"), state__in=PENDING, due_on__lt=today)
        return Exists(late)
    return Q()


def page(
    actor: Actor, asked: Asked, today: date, *, after: str = "", size: int = PAGE
) -> tuple[list[Row], str]:
    """Return premises by area and name, and the cursor of the page that follows (empty: none)."""
    found = chosen(actor, asked, today)
    if (place := _place(actor, after)) is not None:
        area, name, key = place
        found = found.filter(
            Q(area__gt=area) | Q(area=area, name__gt=name) | Q(area=area, name=name, id__gt=key)
        )
    rows = list(_counted(found.order_by("area", "name", "id"))[: size + 1])
    lines = [Row(*row) for row in rows[:size]]
    return lines, str(lines[-1].id) if len(rows) > size else ""


def _counted(found: QuerySet[Premises]) -> QuerySet[Any, Any]:
    used = Device.objects.filter(premises=OuterRef("pk"), retired_at=None).order_by()
    beating = used.filter(Q(interval_seconds__gt=0) | Q(state=DeviceState.FAULT))
    pending = Hazard.objects.filter(premises=OuterRef("pk"), state__in=PENDING).order_by()
    return found.annotate(
        devices_=_count(used), bad=_count(beating.filter(state__in=BAD)), hazards_=_count(pending)
    ).values_list(
        "id", "name", "kind__name", "area__name", "address", "inspection_due", "devices_", "bad",
        "hazards_",
    )  # fmt: skip


def _count(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("premises").annotate(n=Count("pk")).values("n")), 0)


def _place(actor: Actor, cursor: str) -> tuple[str, str, UUID] | None:
    try:
        key = UUID(cursor)
    except ValueError:
        return None
    there = Premises.objects.filter(visible_to(actor), pk=key)
    return there.values_list("area", "name", "id").first()


def total(actor: Actor, asked: Asked, today: date) -> int:
    """Return how many places fit."""
    return chosen(actor, asked, today).count()


def points(actor: Actor, asked: Asked, today: date) -> dict[str, Any]:
    """Return ``{"points": [[lng, lat, light, name, id], …], "total": n}``, WGS-84, six decimals."""
    found = chosen(actor, asked, today).filter(longitude__isnull=False)
    rows = _counted(found.order_by("area", "name", "id"))
    placed = dict(found.values_list("id", "longitude"))
    north = dict(found.values_list("id", "latitude"))
    lines = [Row(*row) for row in rows[:MOST_POINTS]]
    return {
        "points": [
            [round(placed[row.id] or 0, 6), round(north[row.id] or 0, 6),
             row.light(today) or "green", row.name, str(row.id)]
            for row in lines
        ],
        "total": len(placed),
    }  # fmt: skip
