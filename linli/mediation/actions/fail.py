"""Fail: no agreement is reached; the parties are told their other routes (Act art. 26)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.cases.actions.refer import refer_case
from linli.mediation.actions.drop import drop_draft
from linli.mediation.actions.release import release_case
from linli.mediation.actions.routes import check_routes
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.models import Mediation


@transaction.atomic
def fail_mediation(
    mediation_id: UUID,
    *,
    note: str,
    routes: Sequence[str],
    actor: Actor,
    at: datetime,
    refer_to: str = "",
    seen: int | None = None,
) -> Mediation:
    """End without agreement; ``refer_to`` sends the case there at once (court, arbitration, …)."""
    mediation = begin("fail", mediation_id, actor, seen=seen)
    note = required("fail", note)
    mediation.routes, mediation.ended_at = check_routes(routes), at
    drop_draft(mediation)
    finish(
        mediation, "fail", by=actor.user_id, at=at, changed=["routes", "ended_at"], note=note,
        facts={"routes": mediation.routes},
    )  # fmt: skip
    release_case(mediation, at)
    if refer_to:
        refer_case(mediation.case_id, destination=refer_to, note=note, actor=actor, at=at)
    return mediation
