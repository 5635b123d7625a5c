"""Need none: it was decided that no unit has to go; the clock of the decision stops."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.clockwork import stop_clocks
from linli.dispatch.actions.step import begin, finish, noted
from linli.dispatch.choices import ClockKind
from linli.dispatch.models import Incident
from linli.kernel.errors import IllegalMove


@transaction.atomic
def need_none(
    incident_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Incident:
    """Say why nobody goes: advice was enough, another body is there already."""
    incident = begin("need_none", incident_id, actor, seen=seen)
    note = noted("need_none", note)
    if incident.processed_at is not None:
        raise IllegalMove(_("It was decided already who goes."))
    incident.processed_at = at
    stop_clocks(incident, at, ClockKind.PROCESS)
    finish(incident, "need_none", actor=actor, at=at, changed=["processed_at"], note=note)
    return incident
