"""Ask for help: the unit at the scene needs more; whoever leads the incident hears it at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.answering import begin_answer, finish_answer
from linli.dispatch.actions.tell_desk import tell_desk
from linli.dispatch.models import Assignment


@transaction.atomic
def ask_help(assignment_id: UUID, *, actor: Actor, at: datetime, note: str = "") -> Assignment:
    """Mark the assignment, with what is needed if there is time to say it."""
    assignment = begin_answer("ask_help", assignment_id, actor)
    assignment.help_at = at
    entry = finish_answer(
        assignment, "ask_help", actor=actor, at=at, changed=["help_at"], note=note
    )
    tell_desk("unit_help", assignment, entry, at)
    return assignment
