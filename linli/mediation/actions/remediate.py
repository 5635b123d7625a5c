"""Remediate: after the court's refusal, a breach or a recurrence, back to the table (Act art. 32)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.reopen import reopen_case
from linli.kernel.working_days import local_date
from linli.mediation.actions.step import begin, case_of, finish, required
from linli.mediation.actions.timing import time_mediation
from linli.mediation.models import Mediation


@transaction.atomic
def remediate_mediation(
    mediation_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """Mediate again; the agreement in effect stands until another one replaces it."""
    mediation = begin("remediate", mediation_id, actor, seen=seen)
    note = required("remediate", note)
    mediation.ended_at, mediation.due_on = None, None
    finish(
        mediation, "remediate", by=actor.user_id, at=at, changed=["ended_at", "due_on"], note=note
    )
    reopen_case(mediation.case_id, note=note, actor=actor, at=at)
    mediation.due_on = time_mediation(case_of(mediation), at, local_date(at))
    mediation.save(update_fields=["due_on"])
    return mediation
