"""Put back: a unit that was out of service can be sent again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.duty import set_status
from linli.dispatch.actions.found_unit import kept_unit
from linli.dispatch.choices import Status
from linli.dispatch.models import DispatchUnit, Shift
from linli.kernel.errors import IllegalMove


@transaction.atomic
def put_back(unit_id: UUID, *, actor: Actor, at: datetime) -> DispatchUnit:
    """Put a unit back into service: available within a shift, else off duty."""
    unit = kept_unit(unit_id, actor)
    if unit.status != Status.OUT_OF_SERVICE:
        raise IllegalMove(_("This unit is in service."))
    unit.why_out = ""
    on_shift = Shift.objects.filter(unit=unit, ended_at=None).exists()
    status = Status.AVAILABLE if on_shift else Status.OFF_DUTY
    set_status(unit, status, "put_back", actor=actor, at=at)
    return unit
