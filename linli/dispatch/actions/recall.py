"""Recall: the dispatcher takes the unit back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.answering import begin_answer, finish_answer
from linli.dispatch.models import Assignment
from linli.dispatch.policy import may_dispatch
from linli.kernel.errors import NotPermitted


@transaction.atomic
def recall_assignment(assignment_id: UUID, *, note: str, actor: Actor, at: datetime) -> Assignment:
    """End the assignment; the unit is available again and hears it on its phone."""
    assignment = begin_answer("recall", assignment_id, actor)
    if not may_dispatch(actor, assignment.incident.area_id):
        raise NotPermitted(_("Only a dispatcher recalls a unit; a unit declines or is done."))
    finish_answer(assignment, "recall", actor=actor, at=at, note=note)
    return assignment
