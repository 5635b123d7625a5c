"""Grant: the level above gives the time that was asked for."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.clockwork import lengthen
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case, Extension
from linli.kernel.errors import IllegalMove


@transaction.atomic
def grant_case(
    case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Case:
    """Move the level's and the whole's deadline by the days asked for."""
    case = begin("grant", case_id, actor, seen=seen)
    asked = decide(case, True, actor, at)
    lengthen(case, asked.days)
    changed = ["warn_at", "due_at"]
    facts = {"days": asked.days}
    finish(case, "grant", actor=actor, at=at, changed=changed, note=note.strip(), facts=facts)
    return case


def decide(case: Case, granted: bool, actor: Actor, at: datetime) -> Extension:
    """Write the answer to the extension that waits; shared with deny."""
    asked = Extension.objects.filter(case=case, decided_at=None).first()
    if asked is None:
        raise IllegalMove(_("Nobody asked for more time."))
    asked.granted, asked.decided_at, asked.decided_by_id = granted, at, actor.user_id
    asked.save(update_fields=["granted", "decided_at", "decided_by"])
    return asked
