"""Resume: a suspended case goes on with the time it had left."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case


@transaction.atomic
def resume_case(
    case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Case:
    """Let every clock of the case run on."""
    case = begin("resume", case_id, actor, seen=seen)
    finish(case, "resume", actor=actor, at=at, note=note.strip())
    return case
