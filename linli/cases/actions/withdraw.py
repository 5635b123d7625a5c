"""Withdraw: the resident takes the matter back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def withdraw_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """End the case because the resident no longer wants it."""
    case = begin("withdraw", case_id, actor, seen=seen)
    finish(case, "withdraw", actor=actor, at=at, note=required("withdraw", note))
    return case
