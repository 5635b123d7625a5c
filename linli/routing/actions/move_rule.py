"""Move a rule of a draft up or down: the first that means a case wins."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from linli.accounts.actor import Actor
from linli.routing.actions.step import begin, finish, rule_in
from linli.routing.models import Rule


@transaction.atomic
def move_rule(
    area: str,
    rule_id: UUID,
    *,
    position: int,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Rule:
    """Put a rule at ``position`` (1 is asked first); those between move by one."""
    draft = begin(area, actor, seen)
    rule = rule_in(draft, rule_id)
    before, last = rule.position, draft.rules.count()
    position = max(1, min(position, last))
    if position == before:
        return rule
    others = Rule.objects.filter(set=draft).exclude(pk=rule.pk)
    if position < before:
        others.filter(position__gte=position, position__lt=before).update(
            position=F("position") + 1
        )
    else:
        others.filter(position__gt=before, position__lte=position).update(
            position=F("position") - 1
        )
    rule.position = position
    rule.save(update_fields=["position"])
    facts = {"rule": rule.id, "before": before, "position": position}
    finish(draft, "move_rule", actor=actor, at=at, facts=facts)
    return rule
