"""Receive: a mediation begins by a referral of a court, the police or another body (Act art. 18)."""

from datetime import datetime
from uuid import UUID

from linli.accounts.actor import Actor
from linli.mediation.actions.opening import Opening, open_mediation
from linli.mediation.models import Mediation


def receive_mediation(case_id: UUID, opening: Opening, *, actor: Actor, at: datetime) -> Mediation:
    """Begin a mediation of a case by a referral of a court, the police or another body (Act art. 18)."""
    return open_mediation("receive", case_id, opening, actor=actor, at=at)
