"""Alert: a clock that stays overdue tells the level above."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.areas.queries import post_over
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case


@transaction.atomic
def alert_case(case_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None) -> Case:
    """Put the case before the centre above the holder (the city's own, at the top)."""
    case = begin("alert", case_id, actor, seen=seen)
    case.told = post_over(case.holder) or case.holder
    facts = {"told": str(case.told_id)}
    finish(case, "alert", actor=actor, at=at, changed=["told"], facts=facts)
    return case
