"""Remark: something is written into the timeline, to stay there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.dispatch.actions.step import begin, finish, noted
from linli.dispatch.models import Incident


@transaction.atomic
def remark_incident(
    incident_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Incident:
    """Write a note into the timeline."""
    incident = begin("remark", incident_id, actor, seen=seen)
    finish(incident, "remark", actor=actor, at=at, note=noted("remark", note))
    return incident
