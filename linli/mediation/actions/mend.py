"""Mend: after a breach, performance goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.models import Mediation, Obligation


@transaction.atomic
def mend_mediation(
    mediation_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """Take the performance up again, with what was found out or promised."""
    mediation = begin("mend", mediation_id, actor, seen=seen)
    note = required("mend", note)
    Obligation.objects.filter(mediation=mediation).exclude(breach_step="").update(breach_step="")
    finish(mediation, "mend", by=actor.user_id, at=at, note=note)
    return mediation
