"""Reopen: a closed road is open again before its time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound
from linli.roads.models import Closure
from linli.roads.policy import permit_close


def reopen_road(closure_id: UUID, *, actor: Actor, at: datetime) -> Closure:
    """End a closure now; one that has not begun never does. Raises ``IllegalMove`` when it is over."""
    permit_close(actor)
    with transaction.atomic():
        closure = Closure.objects.select_for_update().filter(pk=closure_id).first()
        if closure is None:
            raise NotFound(_("There is no such closed road."))
        if closure.until <= at:
            raise IllegalMove(_("This road is open again already."))
        closure.since, closure.until = min(closure.since, at), at
        closure.save(update_fields=["since", "until"])
        record("road", closure.pk, "road.reopen", actor=actor.user_id, at=at)
    return closure
