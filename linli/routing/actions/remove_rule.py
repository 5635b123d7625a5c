"""Remove a rule from a draft; the versions before keep it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from linli.accounts.actor import Actor
from linli.routing.actions.step import begin, finish, rule_in
from linli.routing.models import Rule


@transaction.atomic
def remove_rule(
    area: str, rule_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Take a rule out; those behind it move up."""
    draft = begin(area, actor, seen)
    rule = rule_in(draft, rule_id)
    facts = {"rule": rule.id, "position": rule.position}
    rule.delete()
    behind = Rule.objects.filter(set=draft, position__gt=facts["position"])
    behind.update(position=F("position") - 1)
    finish(draft, "remove_rule", actor=actor, at=at, facts=facts)
