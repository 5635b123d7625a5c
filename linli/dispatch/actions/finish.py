"""Finish: the unit is done and available again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.answering import begin_answer, finish_answer
from linli.dispatch.models import Assignment


@transaction.atomic
def finish_assignment(
    assignment_id: UUID, *, actor: Actor, at: datetime, note: str = ""
) -> Assignment:
    """End the assignment, with what the unit has to say about it."""
    assignment = begin_answer("finish", assignment_id, actor)
    finish_answer(assignment, "finish", actor=actor, at=at, note=note)
    return assignment
