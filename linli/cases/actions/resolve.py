"""Resolve: the matter is settled, with an outcome that is written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def resolve_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """End the work with ``note`` as its outcome; the follow-up's clock starts."""
    case = begin("resolve", case_id, actor, seen=seen)
    case.outcome = required("resolve", note)
    case.resolved_at, case.resolved_level, case.followed_up_at = at, case.level, None
    # Asked before the clocks stop: afterwards the case's deadline is that of the follow-up.
    case.on_time = case.due_at is None or at <= case.due_at
    changed = ["outcome", "resolved_at", "resolved_level", "followed_up_at", "on_time"]
    finish(case, "resolve", actor=actor, at=at, changed=changed, note=case.outcome)
    return case
