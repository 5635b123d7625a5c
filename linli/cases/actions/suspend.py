"""Suspend: the clocks stand still while the case can't go on, for a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def suspend_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Stop every clock of the case."""
    case = begin("suspend", case_id, actor, seen=seen)
    finish(case, "suspend", actor=actor, at=at, note=required("suspend", note))
    return case
