"""Deny: the level above does not give more time, and says why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.grant import decide
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def deny_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Turn the request for more time down."""
    case = begin("deny", case_id, actor, seen=seen)
    note = required("deny", note)
    asked = decide(case, False, actor, at)
    finish(case, "deny", actor=actor, at=at, note=note, facts={"days": asked.days})
    return case
