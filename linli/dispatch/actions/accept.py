"""Accept: the unit takes the assignment."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.answering import begin_answer, finish_answer, stop_accept_clock
from linli.dispatch.models import Assignment


@transaction.atomic
def accept_assignment(assignment_id: UUID, *, actor: Actor, at: datetime) -> Assignment:
    """Stop the clock of the unit's answer."""
    assignment = begin_answer("accept", assignment_id, actor)
    assignment.accepted_at = at
    stop_accept_clock(assignment, at)
    finish_answer(assignment, "accept", actor=actor, at=at, changed=["accepted_at"])
    return assignment
