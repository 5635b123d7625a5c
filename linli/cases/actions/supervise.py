"""Supervise: a director, or an overdue clock, puts the case under supervision."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case


@transaction.atomic
def supervise_case(
    case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Case:
    """Mark the case as supervised; a clock needs no words, a director gives them."""
    case = begin("supervise", case_id, actor, seen=seen)
    note = _("The deadline has passed.") if actor.is_system else required("supervise", note)
    case.supervised = True
    finish(case, "supervise", actor=actor, at=at, changed=["supervised"], note=note)
    return case
