"""Set the priority: the dispatcher knows better than the cards, and says why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.step import begin, finish, noted
from linli.dispatch.choices import Priority
from linli.dispatch.models import Incident
from linli.kernel.errors import Invalid


@transaction.atomic
def set_priority(
    incident_id: UUID, *, priority: int, note: str, actor: Actor, at: datetime,
    seen: int | None = None,
) -> Incident:  # fmt: skip
    """Change the priority; the recommendation follows it."""
    incident = begin("set_priority", incident_id, actor, seen=seen)
    note = noted("set_priority", note)
    if priority not in Priority.values or priority == incident.priority:
        raise Invalid(_("This is no change."), {"priority": _("Choose another priority.")})
    facts = {"before": incident.priority, "priority": priority}
    incident.priority = priority
    finish(
        incident, "set_priority", actor=actor, at=at, changed=["priority"], note=note, facts=facts
    )
    return incident
