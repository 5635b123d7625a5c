"""Hand over: another person of the unit takes the case, for a leave or for good."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.assign import person_of
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case


@transaction.atomic
def hand_over_case(
    case_id: UUID,
    *,
    handler: UUID,
    actor: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Case:
    """Make ``handler``, who works in the holding unit, responsible for the case."""
    case = begin("hand_over", case_id, actor, seen=seen)
    person_of(case.holder, handler, at)
    facts = {"from": str(case.handler_id) if case.handler_id else None, "handler": str(handler)}
    case.handler_id = handler
    finish(
        case, "hand_over", actor=actor, at=at, changed=["handler"], note=note.strip(), facts=facts
    )
    return case
