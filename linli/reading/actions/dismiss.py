"""Dismiss: who handles a case puts away what is proposed for it. That too is a lesson."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.step import locked
from linli.cases.policy import RULES
from linli.kernel.errors import NotPermitted
from linli.reading.models import Proposed


@transaction.atomic
def dismiss(case_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Propose nothing for this case any more; who may classify it may do this."""
    case = locked(case_id, actor)
    if not RULES["classify"][0](actor, case):
        raise NotPermitted(_("Only who may classify the case can do this."))
    kept = Proposed.objects.filter(case=case).first()
    if kept is None:
        return
    facts = {"fields": sorted(kept.parts)}
    kept.delete()
    record("case", case.id, "reading.dismiss", actor=actor.user_id, at=at, facts=facts)
