"""Close: resolved, followed up, done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case
from linli.kernel.errors import IllegalMove


@transaction.atomic
def close_case(
    case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Case:
    """Close a case that was followed up."""
    case = begin("close", case_id, actor, seen=seen)
    if case.followed_up_at is None:
        raise IllegalMove(
            _("This case was not followed up yet."), _("Follow up first, then close.")
        )
    case.closed_at = at
    finish(case, "close", actor=actor, at=at, changed=["closed_at"], note=note.strip())
    return case
