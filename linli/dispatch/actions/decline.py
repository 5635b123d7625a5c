"""Decline: the unit can't go, and says why; it is not proposed for this incident again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.answering import begin_answer, finish_answer
from linli.dispatch.actions.tell_desk import tell_desk
from linli.dispatch.models import Assignment


@transaction.atomic
def decline_assignment(assignment_id: UUID, *, note: str, actor: Actor, at: datetime) -> Assignment:
    """End the assignment without having gone; the dispatcher is told at once."""
    assignment = begin_answer("decline", assignment_id, actor)
    entry = finish_answer(assignment, "decline", actor=actor, at=at, note=note)
    tell_desk("unit_declined", assignment, entry, at)
    return assignment
