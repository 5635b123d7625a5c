"""Progress: what was done, in a sentence or two."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def progress_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Write down a step of the work."""
    case = begin("progress", case_id, actor, seen=seen)
    finish(case, "progress", actor=actor, at=at, note=required("progress", note))
    return case
