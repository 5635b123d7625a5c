"""Accept: somebody of the unit takes the case in hand."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case


@transaction.atomic
def accept_case(case_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None) -> Case:
    """Make the actor the handler; the clock of acceptance stops."""
    case = begin("accept", case_id, actor, seen=seen)
    case.handler_id = actor.user_id
    finish(case, "accept", actor=actor, at=at, changed=["handler"])
    return case
