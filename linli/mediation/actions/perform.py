"""Perform: everything that was agreed is done (Act art. 31)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove
from linli.mediation.actions.days import check_day
from linli.mediation.actions.drop import drop_draft
from linli.mediation.actions.step import article_hint, begin, finish
from linli.mediation.models import Mediation
from linli.mediation.queries.performance import open_of


@transaction.atomic
def perform_mediation(
    mediation_id: UUID,
    *,
    performed_on: date,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Mediation:
    """Write down that all is performed; refused while something of it is open."""
    mediation = begin("perform", mediation_id, actor, seen=seen)
    if open_of(mediation).exists():
        raise IllegalMove(
            _("Something is still open under the agreement."),
            _("Record what was paid or done first.") + " " + article_hint("31"),
        )
    check_day("performed_on", performed_on, at, since=mediation.effective_on)
    perform_in_full(mediation, performed_on, by=actor.user_id, at=at)
    return mediation


def perform_in_full(mediation: Mediation, day: date, *, by: UUID | None, at: datetime) -> None:
    """Make the move; an amendment nobody has signed has nothing left to amend."""
    drop_draft(mediation)
    mediation.performed_on = day
    finish(
        mediation, "perform", by=by, at=at, changed=["performed_on"], facts={"on": day.isoformat()}
    )
