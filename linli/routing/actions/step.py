"""The first and last part of every change to a draft: lock, permit, compare; count, record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.kernel.errors import NotFound, Stale
from linli.kernel.ids import new_id
from linli.routing.models import Edition, Rule, RuleSet
from linli.routing.policy import permit_writing


def permitted(area: str, actor: Actor) -> str:
    """Return the code of an existing area whose rules the actor may write."""
    permit_writing(actor, area)
    return find_area(area).code


def begin(area: str, actor: Actor, seen: int | None) -> RuleSet:
    """Return the area's draft, locked; refuse whoever looked at an older version of it."""
    permit_writing(actor, area)
    draft = RuleSet.objects.select_for_update().filter(area=area, switched_on_at=None).first()
    if draft is None:
        raise NotFound(_("There is no draft of these rules; somebody may have finished it."))
    if seen is not None and seen != draft.version:
        raise Stale(
            _("Somebody else changed this draft meanwhile."),
            _("Look at it again before you go on."),
        )
    return draft


def finish(
    draft: RuleSet, event: str, *, actor: Actor, at: datetime, facts: Mapping[str, Any]
) -> None:
    """Count the edit and write the audit entry."""
    draft.version += 1
    draft.save(update_fields=["version"])
    told(draft, event, actor=actor, at=at, facts=facts)


def told(
    rules: RuleSet, event: str, *, actor: Actor, at: datetime, facts: Mapping[str, Any]
) -> None:
    """Write the audit entry of something done to a set."""
    about = {"area": rules.area_id, "number": rules.number, **facts}
    record("rule_set", rules.id, f"routing.{event}", actor=actor.user_id, at=at, facts=about)


def rule_in(draft: RuleSet, rule_id: UUID) -> Rule:
    """Return a rule of the draft."""
    found = Rule.objects.filter(set=draft, pk=rule_id).first()
    if found is None:
        raise NotFound(_("This rule is no longer in the draft."))
    return found


def set_on(area: str) -> RuleSet | None:
    """Return the set of an area that is on, locked."""
    on = RuleSet.objects.select_for_update().filter(area=area, switched_on_at__isnull=False)
    return on.filter(switched_off_at=None).first()


def copied(source: RuleSet, target: RuleSet) -> int:
    """Copy the rules of one set into another with who wrote them; return how many."""
    rules = list(Rule.objects.filter(set=source).order_by("position"))
    for rule in rules:
        rule.pk, rule.set, rule.reported_at = new_id(), target, None
    Rule.objects.bulk_create(rules)
    return len(rules)


def next_number(area: str) -> int:
    """Return the number of an area's next set."""
    last = RuleSet.objects.filter(area=area).order_by("-number").first()
    return last.number + 1 if last else 1


def put_on(rules: RuleSet, before: RuleSet | None, *, actor: Actor, at: datetime) -> None:
    """Let cases be sent by ``rules`` from now on, and no longer by ``before``."""
    if before is not None:
        before.switched_off_at = at
        before.save(update_fields=["switched_off_at"])
    rules.switched_on_at, rules.switched_on_by_id = at, actor.user_id
    rules.save(update_fields=["switched_on_at", "switched_on_by"])
    Edition.objects.update_or_create(pk=1, defaults={"token": new_id()})
