"""Answer: the body that referred the dispute hears what became of it (Act art. 18)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove
from linli.mediation.actions.days import check_day
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.choices import REFERRERS
from linli.mediation.models import Mediation


@transaction.atomic
def answer_mediation(
    mediation_id: UUID,
    *,
    answered_on: date,
    note: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Mediation:
    """Write down that the referring body was answered, and what it was told.

    A preliminary answer may be followed by another: each stands in the timeline, the last day counts.
    """
    mediation = begin("answer", mediation_id, actor, seen=seen)
    note = required("answer", note)
    if mediation.source not in REFERRERS:
        raise IllegalMove(_("No other body referred this dispute: there is nobody to answer."))
    check_day("answered_on", answered_on, at, since=mediation.referred_on)
    mediation.answered_on = answered_on
    finish(
        mediation, "answer", by=actor.user_id, at=at, changed=["answered_on"], note=note,
        facts={"on": answered_on.isoformat()},
    )  # fmt: skip
    return mediation
