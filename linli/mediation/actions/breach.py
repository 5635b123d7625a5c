"""Breach: what was due was not performed; the next step is named (Act art. 31, 33)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.actions.step import article_hint, begin, finish, required
from linli.mediation.choices import BreachStep
from linli.mediation.models import Confirmation, Mediation
from linli.mediation.queries.performance import open_of


@transaction.atomic
def breach_mediation(
    mediation_id: UUID,
    *,
    obligation: UUID,
    breach_step: str,
    note: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Mediation:
    """Write down that an obligation was not performed by its day, and what is done about it."""
    mediation = begin("breach", mediation_id, actor, seen=seen)
    note = required("breach", note)
    owed = open_of(mediation).filter(pk=obligation).first()
    if owed is None:
        raise NotFound(_("There is no such obligation here."))
    if owed.due_on >= local_date(at):
        raise IllegalMove(_("This obligation is not due yet."), article_hint("31"))
    if breach_step not in BreachStep.values:
        raise Invalid(
            _("The next step is missing."), {"breach_step": _("Choose what is done now.")}
        )
    if breach_step == BreachStep.ENFORCE and not _confirmed(mediation):
        raise IllegalMove(
            _("Only an agreement that a court has confirmed can be enforced."), article_hint("33")
        )
    owed.breach_step = breach_step
    owed.save(update_fields=["breach_step"])
    finish(
        mediation, "breach", by=actor.user_id, at=at, note=note,
        facts={"obligation": str(owed.id), "next": breach_step},
    )  # fmt: skip
    return mediation


def _confirmed(mediation: Mediation) -> bool:
    return Confirmation.objects.filter(mediation=mediation, state=lifecycle.CONFIRMED).exists()
