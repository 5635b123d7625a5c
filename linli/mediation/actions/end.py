"""End: a party stops, or the mediation has lost its ground (Act art. 23)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import Invalid
from linli.mediation.actions.drop import drop_draft
from linli.mediation.actions.release import release_case
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.choices import EndReason
from linli.mediation.models import Mediation


@transaction.atomic
def end_mediation(
    mediation_id: UUID,
    *,
    reason: str,
    note: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Mediation:
    """End the mediation for ``reason``; the case goes on by itself."""
    mediation = begin("end", mediation_id, actor, seen=seen)
    note = required("end", note)
    if reason not in EndReason.values:
        raise Invalid(_("The reason is missing."), {"reason": _("Choose why it ends.")})
    mediation.end_reason, mediation.ended_at = reason, at
    drop_draft(mediation)
    finish(
        mediation, "end", by=actor.user_id, at=at, changed=["end_reason", "ended_at"], note=note,
        facts={"reason": reason},
    )  # fmt: skip
    release_case(mediation, at)
    return mediation
