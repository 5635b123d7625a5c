"""Extend: both sides agree on more time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.set_clock import set_clock
from linli.cases.deadlines import Term
from linli.kernel.errors import IllegalMove, Invalid
from linli.mediation.actions.days import moment_of
from linli.mediation.actions.step import begin, finish
from linli.mediation.models import Mediation

# The default of the domain: thirty days more, agreed by both, once or in parts.
MOST = 30


@transaction.atomic
def extend_mediation(
    mediation_id: UUID, *, days: int, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """Give the mediation ``days`` calendar days more, :data:`MOST` in all."""
    mediation = begin("extend", mediation_id, actor, seen=seen)
    if mediation.due_on is None:
        raise IllegalMove(_("This mediation has no deadline."))
    if not 1 <= days <= MOST - mediation.extended_days:
        raise Invalid(
            _("That is more time than there is."),
            {"days": _("At most %(days)s days more.") % {"days": MOST - mediation.extended_days}},
        )
    before, mediation.due_on = mediation.due_on, mediation.due_on + timedelta(days=days)
    mediation.extended_days += days
    set_clock(mediation.case, "mediation", Term(days, "calendar_days"), at, since=moment_of(before))
    finish(
        mediation, "extend", by=actor.user_id, at=at, changed=["due_on", "extended_days"],
        facts={"days": days},
    )  # fmt: skip
    return mediation
