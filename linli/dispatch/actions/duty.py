"""The parts that the verbs of a unit's duty share: whose unit it is, and its status written down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.dispatch.actions.nudge import tell_listeners
from linli.dispatch.models import Assignment, DispatchUnit
from linli.dispatch.policy import may_put_on_duty, units_known_to
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted


def unit_on_duty_by(unit_id: UUID, actor: Actor) -> DispatchUnit:
    """Return a unit whose shift the actor begins and ends, its row locked."""
    unit = (
        DispatchUnit.objects.select_for_update(of=("self",))
        .filter(units_known_to(actor), pk=unit_id, retired_at=None)
        .first()
    )
    if unit is None:
        raise NotFound(_("There is no such unit here."))
    if not may_put_on_duty(actor, unit):
        raise NotPermitted(
            _("A shift is begun and ended by the unit's own people or a dispatcher.")
        )
    return unit


def has_nothing_to_do(unit: DispatchUnit) -> None:
    """Raise :class:`IllegalMove` while the unit is out to an incident."""
    if Assignment.objects.filter(unit=unit, ended_at=None).exists():
        raise IllegalMove(
            _("The unit is out to an incident."), _("It has to be done there, or recalled.")
        )


def set_status(
    unit: DispatchUnit, status: str, verb: str, *, actor: Actor, at: datetime,
    facts: dict[str, Any] | None = None, since: datetime | None = None,
) -> None:  # fmt: skip
    """Save a unit with its status, record the verb, and tell those who listen."""
    unit.status, unit.status_at = status, since or at
    unit.save(update_fields=["status", "status_at", "why_out", "standby", "skills"])
    record(
        "dispatch_unit", unit.id, f"dispatch_unit.{verb}", actor=actor.user_id, at=at,
        facts={**(facts or {}), "status": status},
    )  # fmt: skip
    tell_listeners(unit.area_id, "unit", {"id": str(unit.id), "status": status}, at, [unit.id])
