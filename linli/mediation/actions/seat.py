"""Seat: who mediates, named by the committee or chosen by the parties (Act art. 19)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.queries import works_in
from linli.kernel.errors import Invalid
from linli.mediation.actions.step import begin, finish
from linli.mediation.models import Mediation, Seat


@transaction.atomic
def seat_mediator(
    mediation_id: UUID,
    *,
    user: UUID,
    actor: Actor,
    at: datetime,
    chief: bool = True,
    chosen_by: str = "committee",
    seen: int | None = None,
) -> Mediation:
    """Name a mediator of the committee; a new chief takes the place of the one before."""
    mediation = begin("seat", mediation_id, actor, seen=seen)
    if not works_in(user, mediation.committee.unit_id, at):
        raise Invalid(
            _("This person does not mediate in this committee."),
            {"user": _("Choose somebody of the committee.")},
        )
    now = Seat.objects.filter(mediation=mediation, until=None)
    replaced = now.filter(user=user) | (now.filter(chief=True) if chief else now.none())
    replaced.update(until=at)
    seat = Seat(mediation=mediation, user_id=user, chief=chief, chosen_by=chosen_by, since=at)
    facts = {"user": str(user), "chief": chief, "chosen_by": chosen_by}
    finish(mediation, "seat", by=actor.user_id, at=at, facts=facts, rows=[seat])
    return mediation
