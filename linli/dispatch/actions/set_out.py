"""Set out: the unit is on the way, and with that has accepted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.answering import begin_answer, finish_answer, stop_accept_clock
from linli.dispatch.models import Assignment


@transaction.atomic
def set_out(assignment_id: UUID, *, actor: Actor, at: datetime) -> Assignment:
    """Write down that the unit is on the way."""
    assignment = begin_answer("set_out", assignment_id, actor)
    assignment.set_out_at = at
    assignment.accepted_at = assignment.accepted_at or at
    stop_accept_clock(assignment, at)
    finish_answer(assignment, "set_out", actor=actor, at=at, changed=["set_out_at", "accepted_at"])
    return assignment
