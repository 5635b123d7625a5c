"""Consent: a party agreed to be mediated, and was told its rights and duties (Act arts. 3, 17, 23)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted
from linli.mediation import lifecycle
from linli.mediation.actions.days import check_day
from linli.mediation.actions.guarded import check_guarded
from linli.mediation.actions.step import held
from linli.mediation.models import Participant
from linli.mediation.policy import of_committee


@transaction.atomic
def record_consent(
    mediation_id: UUID,
    participant_id: UUID,
    *,
    consented_on: date,
    notified_on: date | None,
    actor: Actor,
    at: datetime,
) -> Participant:
    """Write down the day a party agreed, and the day it got the notice of rights and duties."""
    mediation = held(mediation_id, actor)
    if not of_committee(actor, mediation):
        raise NotPermitted(_("Only the committee that mediates can do this."))
    if mediation.state not in lifecycle.WAITING | lifecycle.UNDER_WAY:
        raise IllegalMove(_("This mediation is over."))
    participant = Participant.objects.filter(mediation=mediation, pk=participant_id).first()
    if participant is None:
        raise NotFound(_("There is no such participant here."))
    check_guarded(participant)
    participant.consented_on = check_day("consented_on", consented_on, at)
    if notified_on is not None:
        participant.notified_on = check_day("notified_on", notified_on, at)
    participant.save(update_fields=["consented_on", "notified_on"])
    facts = {
        "participant": str(participant.id),
        "consented_on": consented_on.isoformat(),
        "notified_on": notified_on.isoformat() if notified_on else None,
    }
    record("mediation", mediation.id, "mediation.consent", actor=actor.user_id, at=at, facts=facts)
    return participant
