"""Extend: the handler asks the level above for more time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case, Extension
from linli.kernel.errors import IllegalMove, Invalid

MOST_DAYS = 60


@transaction.atomic
def extend_case(
    case_id: UUID, *, days: int, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Ask for ``days`` working days more; nothing moves until they are granted."""
    case = begin("extend", case_id, actor, seen=seen)
    note = required("extend", note)
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(_("That is not possible."), {"days": _("Choose 1 to 60 working days.")})
    if Extension.objects.filter(case=case, decided_at=None).exists():
        raise IllegalMove(_("More time was asked for already; it waits for an answer."))
    Extension(case=case, days=days, asked_at=at, asked_by_id=actor.user_id).save(force_insert=True)
    finish(case, "extend", actor=actor, at=at, note=note, facts={"days": days})
    return case
