"""Tick: a step of the plan is done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.clockwork import stop_clocks
from linli.dispatch.actions.step import begin, finish
from linli.dispatch.models import CheckItem, Incident
from linli.kernel.errors import IllegalMove, NotFound


@transaction.atomic
def tick_step(
    incident_id: UUID, *, item: UUID, actor: Actor, at: datetime, seen: int | None = None
) -> Incident:
    """Write down who did the step and when; its clock stops."""
    incident = begin("tick", incident_id, actor, seen=seen)
    check = CheckItem.objects.select_for_update().filter(incident=incident, pk=item).first()
    if check is None:
        raise NotFound(_("There is no such step on this check list."))
    if check.done_at is not None:
        raise IllegalMove(_("This step is done already."))
    check.done_at, check.done_by_id = at, actor.user_id
    check.save(update_fields=["done_at", "done_by"])
    stop_clocks(incident, at, check_item=check)
    facts = {"item": str(check.id), "position": check.position, "late": at > check.due_at}
    finish(incident, "tick", actor=actor, at=at, facts=facts)
    return incident
