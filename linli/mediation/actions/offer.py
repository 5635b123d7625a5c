"""Offer: a mediation begins by the committee's own offer (Act art. 17)."""

from datetime import datetime
from uuid import UUID

from linli.accounts.actor import Actor
from linli.mediation.actions.opening import Opening, open_mediation
from linli.mediation.models import Mediation


def offer_mediation(case_id: UUID, opening: Opening, *, actor: Actor, at: datetime) -> Mediation:
    """Begin a mediation of a case by the committee's own offer (Act art. 17)."""
    return open_mediation("offer", case_id, opening, actor=actor, at=at)
