"""Draft: begin the next version of an area's rules from what is on, or throw it away."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import Stale
from linli.routing.actions.step import begin, copied, next_number, permitted, set_on, told
from linli.routing.models import Rule, RuleSet


@transaction.atomic
def draft_rules(area: str, *, actor: Actor, at: datetime) -> RuleSet:
    """Begin a draft with a copy of the rules that are on; raise :class:`Stale` where there is one."""
    code = permitted(area, actor)
    on = set_on(code)
    draft = RuleSet(
        area_id=code, number=next_number(code), copied_from=on, made_at=at, made_by_id=actor.user_id
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        raise Stale(_("There is a draft already."), _("Go on with that one.")) from None
    rules = copied(on, draft) if on else 0
    told(draft, "draft", actor=actor, at=at, facts={"rules": rules})
    return draft


@transaction.atomic
def discard_draft(area: str, *, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Throw the draft away; what is on stays on."""
    draft = begin(area, actor, seen)
    told(draft, "discard", actor=actor, at=at, facts={"rules": draft.rules.count()})
    Rule.objects.filter(set=draft).delete()
    draft.delete()
