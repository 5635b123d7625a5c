"""Arrive: the unit is at the scene; the first arrival stops the incident's clock."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.answering import begin_answer, finish_answer, stop_accept_clock
from linli.dispatch.actions.clockwork import stop_clocks
from linli.dispatch.choices import LIAISONS, ClockKind
from linli.dispatch.models import Assignment


@transaction.atomic
def arrive(assignment_id: UUID, *, actor: Actor, at: datetime) -> Assignment:
    """Write down that the unit is there."""
    assignment = begin_answer("arrive", assignment_id, actor)
    assignment.arrived_at = at
    assignment.accepted_at = assignment.accepted_at or at
    stop_accept_clock(assignment, at)
    incident = assignment.incident
    # A liaison that was reached is not yet somebody at the scene.
    if incident.arrived_at is None and assignment.unit.kind not in LIAISONS:
        incident.arrived_at = at
        incident.version += 1
        incident.save(update_fields=["arrived_at", "version"])
        stop_clocks(incident, at, ClockKind.ARRIVE)
    finish_answer(assignment, "arrive", actor=actor, at=at, changed=["arrived_at", "accepted_at"])
    return assignment
