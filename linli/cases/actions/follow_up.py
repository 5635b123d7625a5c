"""Follow up: ask the people whether it holds; only then the case turns green."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.clockwork import end_follow_up
from linli.cases.actions.step import begin, finish
from linli.cases.choices import Way
from linli.cases.models import Case, FollowUp
from linli.kernel.errors import Invalid


@transaction.atomic
def follow_up_case(
    case_id: UUID,
    *,
    way: str,
    satisfaction: int,
    recurred: bool,
    actor: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Case:
    """Write down a follow-up: by visit, phone or message; satisfaction 1 (bad) to 5 (good)."""
    case = begin("follow_up", case_id, actor, seen=seen)
    if satisfaction not in range(1, 6):
        raise Invalid(_("Satisfaction is missing."), {"satisfaction": _("Choose 1 to 5.")})
    if way not in Way.values:
        raise Invalid(_("How is missing."), {"way": _("Choose how you followed up.")})
    FollowUp(
        case=case, at=at, by_id=actor.user_id, way=way, satisfaction=satisfaction, recurred=recurred
    ).save(force_insert=True)
    case.followed_up_at, case.satisfaction = at, satisfaction
    end_follow_up(case, at)
    changed = ["followed_up_at", "satisfaction", "warn_at", "due_at"]
    facts = {"way": way, "satisfaction": satisfaction, "recurred": recurred}
    finish(case, "follow_up", actor=actor, at=at, changed=changed, note=note.strip(), facts=facts)
    return case
