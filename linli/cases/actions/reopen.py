"""Reopen: it was not solved after all; the unit that had it takes it up again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.areas.queries import holding, lowest_post
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def reopen_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Put the case back in hand with fresh clocks."""
    case = begin("reopen", case_id, actor, seen=seen)
    note = required("reopen", note)
    case.resolved_at = case.followed_up_at = case.closed_at = case.satisfaction = case.told = None
    case.resolved_level, case.outcome, case.on_time = "", "", None
    changed = [
        "resolved_at", "followed_up_at", "closed_at", "satisfaction", "resolved_level", "outcome", "told",
        "on_time",
    ]  # fmt: skip
    # The unit that had it may be gone: then the lowest post that covers the place has it.
    gone = holding(case.holder_id) is None
    target = lowest_post(case.area_id) if gone else None
    if gone:
        case.handler = None
        changed.append("handler")
    finish(case, "reopen", actor=actor, at=at, changed=changed, note=note, to_unit=target)
    return case
