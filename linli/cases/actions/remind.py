"""Remind: the handler is told that time runs out, by a clock or by a desk above."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case


@transaction.atomic
def remind_case(
    case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Case:
    """Count a reminder; it stands on the handler's workbench until something is done."""
    case = begin("remind", case_id, actor, seen=seen)
    case.reminders += 1
    finish(case, "remind", actor=actor, at=at, changed=["reminders"], note=note.strip())
    return case
