"""Take out: a unit is out of service for a while, for a repair or a training."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.duty import has_nothing_to_do, set_status
from linli.dispatch.actions.found_unit import kept_unit
from linli.dispatch.choices import Status
from linli.dispatch.models import DispatchUnit
from linli.kernel.errors import Invalid


@transaction.atomic
def take_out(unit_id: UUID, *, why: str, actor: Actor, at: datetime) -> DispatchUnit:
    """Take a unit out of service, with the reason."""
    unit = kept_unit(unit_id, actor)
    why = why.strip()
    if not why:
        raise Invalid(_("A reason is missing."), {"why": _("Please write the reason.")})
    has_nothing_to_do(unit)
    unit.why_out = why[:120]
    unit.standby = None
    set_status(unit, Status.OUT_OF_SERVICE, "take_out", actor=actor, at=at)
    return unit
