"""Assign: one click sends the units; an unavailable one can't be sent, and two can't send one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import CheckViolation, UniqueViolation

from linli.accounts.actor import Actor
from linli.dispatch import lifecycle
from linli.dispatch.actions.clockwork import accept_clock, arrive_clock, stop_clocks
from linli.dispatch.actions.step import begin, write
from linli.dispatch.actions.tell_unit import tell_sent
from linli.dispatch.choices import ClockKind, Status
from linli.dispatch.models import Assignment, Clock, DispatchUnit, Incident
from linli.dispatch.policy import units_sent_by
from linli.kernel.errors import Invalid, Refused


class UnitTaken(Refused):
    """The unit is not available, or somebody else was faster."""

    code = "unit-taken"


@transaction.atomic
def assign_units(
    incident_id: UUID, *, units: Sequence[UUID], actor: Actor, at: datetime,
    why: Mapping[UUID, Sequence[Any]] | None = None, seen: int | None = None,
) -> list[Assignment]:  # fmt: skip
    """Send ``units``, all or none. ``why`` gives for each its reasons, seconds, and whether
    it was proposed.

    Raises :class:`UnitTaken` with the unit's name where one can't be sent.
    """
    incident = begin("assign", incident_id, actor, seen=seen)
    wanted = list(dict.fromkeys(units))
    if not wanted:
        raise Invalid(_("No unit was chosen."), {"units": _("Choose at least one unit.")})
    locked = _lock(wanted, actor)
    told = why or {}
    made: list[Assignment] = []
    for unit in locked:
        reasons, seconds, proposed = told.get(unit.id, ([["by_hand", ""]], None, False))
        assignment = Assignment(
            incident=incident, unit=unit, exclusive=not unit.shared, proposed=proposed,
            expected=round(seconds) if seconds is not None else None, reasons=list(reasons),
            assigned_at=at, assigned_by_id=actor.user_id,
        )  # fmt: skip
        made.append(assignment)
    _save_incident(incident, at)
    first = incident.dispatched_at == at
    for assignment in made:
        clocks: list[Clock] = [accept_clock(assignment, incident)]
        if first and assignment is made[0]:
            clocks.append(arrive_clock(incident, at))
        _write(assignment, clocks, actor, at)
    tell_sent(incident, locked, at)
    return made


def _lock(wanted: Sequence[UUID], actor: Actor) -> list[DispatchUnit]:
    """Return the units with their rows locked, in the order of their ids; all are available."""
    found = list(
        DispatchUnit.objects.select_for_update(of=("self",))
        .filter(units_sent_by(actor), pk__in=wanted, retired_at=None)
        .order_by("pk")
    )
    if len(found) < len(wanted):
        raise Invalid(_("One of the units is not one of yours."), {"units": _("Choose again.")})
    for unit in found:
        if unit.status != lifecycle.AVAILABLE:
            raise taken(unit.name, str(Status(unit.status).label))
    return found


def taken(name: str, status: str) -> UnitTaken:
    """Return the refusal that names the unit and what it is doing."""
    return UnitTaken(
        _("%(unit)s can't be sent: it is “%(status)s”.") % {"unit": name, "status": status},
        _("Look at the proposal again."),
    )


def _save_incident(incident: Incident, at: datetime) -> None:
    incident.version += 1
    if incident.dispatched_at is None:
        incident.dispatched_at = at
    if incident.processed_at is None:
        incident.processed_at = at
        stop_clocks(incident, at, ClockKind.PROCESS)
    incident.save(update_fields=["version", "dispatched_at", "processed_at"])


def _write(assignment: Assignment, clocks: Sequence[Clock], actor: Actor, at: datetime) -> None:
    """Write one assignment; the database has the last word on whether the unit can be sent."""
    facts = {"proposed": assignment.proposed, "expected": assignment.expected}
    try:
        with transaction.atomic():
            write(
                assignment.incident, "assign", actor=actor, at=at, assignment=assignment,
                facts=facts, rows=[assignment, *clocks],
            )  # fmt: skip
    except IntegrityError as error:
        if isinstance(error.__cause__, CheckViolation | UniqueViolation):
            raise taken(assignment.unit.name, str(Status.ASSIGNED.label)) from error
        raise
