"""Decline: it is not ours; the reason and the other routes are told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def decline_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """End the case as not accepted; ``note`` gives the reason and the routes that are open."""
    case = begin("decline", case_id, actor, seen=seen)
    finish(case, "decline", actor=actor, at=at, note=required("decline", note))
    return case
