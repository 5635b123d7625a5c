"""Refuse: the committee does not take the dispute; the applicant hears why and where else to go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.mediation.actions.routes import check_routes
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.models import Mediation


@transaction.atomic
def refuse_mediation(
    mediation_id: UUID,
    *,
    note: str,
    routes: Sequence[str],
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Mediation:
    """Do not accept, with the reason and the other routes told; the case goes on by itself."""
    mediation = begin("refuse", mediation_id, actor, seen=seen)
    note = required("refuse", note)
    mediation.routes, mediation.ended_at = check_routes(routes), at
    finish(
        mediation, "refuse", by=actor.user_id, at=at, changed=["routes", "ended_at"], note=note,
        facts={"routes": mediation.routes},
    )  # fmt: skip
    return mediation
