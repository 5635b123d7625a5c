"""What a unit's people see on their phone: their unit, what it is out to, and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from linli.accounts.actor import Actor
from linli.dispatch.models import Assignment, DispatchUnit, Sharing, Shift
from linli.dispatch.policy import units_of
from linli.kernel.ids import read_id


@dataclass(frozen=True, slots=True)
class Mine:
    """One of the actor's units: its shift, what it is out to, and whether this phone tells its place."""

    unit: DispatchUnit
    shift: Shift | None
    assignments: list[Assignment]
    sharing: Sharing | None


def own_units(actor: Actor) -> list[DispatchUnit]:
    """Return the units whose people the actor is one of."""
    found = DispatchUnit.objects.filter(units_of(actor), retired_at=None)
    return list(found.select_related("area", "standby").order_by("name", "id"))


def mine(actor: Actor, unit: DispatchUnit) -> Mine:
    """Return a unit of the actor's as its phone shows it."""
    out = (
        Assignment.objects.filter(unit=unit, ended_at=None)
        .select_related("incident", "incident__kind", "incident__area")
        .order_by("assigned_at", "id")
    )
    return Mine(
        unit,
        Shift.objects.filter(unit=unit, ended_at=None).first(),
        list(out),
        Sharing.objects.filter(unit=unit, user=actor.user_id, until=None).first(),
    )


def may_listen(actor: Actor, unit: str) -> bool:
    """Say whether the actor is one of the people of a unit (its id as text)."""
    key = read_id(unit)
    return key is not None and DispatchUnit.objects.filter(units_of(actor), pk=key).exists()


def recent(unit: DispatchUnit, at: datetime, most: int = 10) -> list[Assignment]:
    """Return what the unit was out to last; the incidents themselves are no longer its to see."""
    return list(
        Assignment.objects.filter(unit=unit, ended_at__lte=at)
        .only("id", "state", "assigned_at", "arrived_at", "ended_at")
        .order_by("-assigned_at")[:most]
    )
