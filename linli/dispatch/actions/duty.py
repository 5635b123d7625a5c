"""Duty: a shift begins and ends; a unit is out of service and back; it waits where an area is bare."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import SYSTEM, Actor
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.dispatch.actions.found_unit import kept_unit
from linli.dispatch.actions.nudge import tell_listeners
from linli.dispatch.choices import Status
from linli.dispatch.models import Assignment, DispatchUnit, Sharing, Shift, Spot
from linli.dispatch.policy import may_put_on_duty, permit_dispatch, units_known_to
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted

LONGEST_SHIFT = timedelta(hours=24)


@transaction.atomic
def begin_shift(unit_id: UUID, *, until: datetime, actor: Actor, at: datetime) -> Shift:
    """Put a unit on duty: it can be sent from now on, ``until`` then."""
    unit = _on_duty_by(unit_id, actor)
    if unit.status != Status.OFF_DUTY:
        raise IllegalMove(_("This unit is not off duty."))
    if not at < until <= at + LONGEST_SHIFT:
        sentence = _("A shift ends after now and within 24 hours.")
        raise Invalid(sentence, {"until": sentence})
    shift = Shift(unit=unit, starts=at, ends=until, begun_by_id=actor.user_id)
    shift.save(force_insert=True)
    _set(
        unit,
        Status.AVAILABLE,
        "begin_shift",
        actor=actor,
        at=at,
        facts={"until": until.isoformat()},
    )
    return shift


@transaction.atomic
def end_shift(unit_id: UUID, *, actor: Actor, at: datetime) -> DispatchUnit:
    """Take a unit off duty: its phones stop telling where it is, and its place is forgotten."""
    unit = _on_duty_by(unit_id, actor)
    _nothing_to_do(unit)
    Shift.objects.filter(unit=unit, ended_at=None).update(ended_at=at)
    Sharing.objects.filter(unit=unit, until=None).update(until=at)
    Spot.objects.filter(unit=unit).delete()
    unit.standby = None
    _set(unit, Status.OFF_DUTY, "end_shift", actor=actor, at=at)
    return unit


@transaction.atomic
def take_out(unit_id: UUID, *, why: str, actor: Actor, at: datetime) -> DispatchUnit:
    """Take a unit out of service for a while: a repair, a training."""
    unit = kept_unit(unit_id, actor)
    why = why.strip()
    if not why:
        raise Invalid(_("A reason is missing."), {"why": _("Please write the reason.")})
    _nothing_to_do(unit)
    unit.why_out = why[:120]
    unit.standby = None
    _set(unit, Status.OUT_OF_SERVICE, "take_out", actor=actor, at=at)
    return unit


@transaction.atomic
def put_back(unit_id: UUID, *, actor: Actor, at: datetime) -> DispatchUnit:
    """Put a unit back into service: available within a shift, else off duty."""
    unit = kept_unit(unit_id, actor)
    if unit.status != Status.OUT_OF_SERVICE:
        raise IllegalMove(_("This unit is in service."))
    unit.why_out = ""
    on_shift = Shift.objects.filter(unit=unit, ended_at=None).exists()
    _set(unit, Status.AVAILABLE if on_shift else Status.OFF_DUTY, "put_back", actor=actor, at=at)
    return unit


@transaction.atomic
def move_up(unit_id: UUID, *, area: str, actor: Actor, at: datetime) -> DispatchUnit:
    """Ask an available unit to wait in ``area``, which is bare; empty: to go home again."""
    unit = kept_unit(unit_id, actor)
    permit_dispatch(actor, unit.area_id)
    if unit.status != Status.AVAILABLE:
        raise IllegalMove(_("Only an available unit can be moved up."))
    unit.standby = find_area(area) if area else None
    _set(
        unit,
        Status.AVAILABLE,
        "move_up",
        actor=actor,
        at=at,
        facts={"area": area},
        since=unit.status_at,
    )
    return unit


def end_due_shifts(*, at: datetime, most: int = 200) -> int:
    """End the shifts whose time is up, of units that are not out; return how many."""
    due = Shift.objects.filter(ended_at=None, ends__lte=at).order_by("ends")
    free = due.filter(unit__status__in=[Status.AVAILABLE, Status.OFF_DUTY, Status.OUT_OF_SERVICE])
    ended = 0
    for unit in free.values_list("unit", flat=True)[:most]:
        try:
            end_shift(unit, actor=SYSTEM, at=at)
        except IllegalMove:
            # It was sent meanwhile: the shift ends when it is back.
            continue
        ended += 1
    return ended


def _on_duty_by(unit_id: UUID, actor: Actor) -> DispatchUnit:
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


def _nothing_to_do(unit: DispatchUnit) -> None:
    if Assignment.objects.filter(unit=unit, ended_at=None).exists():
        raise IllegalMove(
            _("The unit is out to an incident."), _("It has to be done there, or recalled.")
        )


def _set(
    unit: DispatchUnit, status: str, verb: str, *, actor: Actor, at: datetime,
    facts: dict[str, Any] | None = None, since: datetime | None = None,
) -> None:  # fmt: skip
    unit.status, unit.status_at = status, since or at
    unit.save(update_fields=["status", "status_at", "why_out", "standby"])
    record(
        "dispatch_unit", unit.id, f"dispatch_unit.{verb}", actor=actor.user_id, at=at,
        facts={**(facts or {}), "status": status},
    )  # fmt: skip
    tell_listeners(unit.area_id, "unit", {"id": str(unit.id), "status": status}, at, [unit.id])
