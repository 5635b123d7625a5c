"""Redraft: the text was not signed by all; back to the table."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.mediation.actions.drop import drop_draft
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.models import Mediation


@transaction.atomic
def redraft_mediation(
    mediation_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """Let the text go, with the reason; the parties go on talking."""
    mediation = begin("redraft", mediation_id, actor, seen=seen)
    note = required("redraft", note)
    drop_draft(mediation)
    mediation.agreed_on = None
    finish(mediation, "redraft", by=actor.user_id, at=at, changed=["agreed_on"], note=note)
    return mediation
