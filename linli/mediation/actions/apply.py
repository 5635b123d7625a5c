"""Apply: a mediation begins by an application of the parties (Act art. 17)."""

from datetime import datetime
from uuid import UUID

from linli.accounts.actor import Actor
from linli.mediation.actions.opening import Opening, open_mediation
from linli.mediation.models import Mediation


def apply_for_mediation(
    case_id: UUID, opening: Opening, *, actor: Actor, at: datetime
) -> Mediation:
    """Begin a mediation of a case by an application of the parties (Act art. 17)."""
    return open_mediation("apply", case_id, opening, actor=actor, at=at)
