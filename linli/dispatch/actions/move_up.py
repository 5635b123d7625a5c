"""Move up: an available unit is asked to wait where an area is left bare."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.dispatch.actions.duty import set_status
from linli.dispatch.actions.found_unit import kept_unit
from linli.dispatch.choices import Status
from linli.dispatch.models import DispatchUnit
from linli.dispatch.policy import permit_dispatch
from linli.kernel.errors import IllegalMove


@transaction.atomic
def move_up(unit_id: UUID, *, area: str, actor: Actor, at: datetime) -> DispatchUnit:
    """Ask an available unit to wait in ``area``; empty: to go home again."""
    unit = kept_unit(unit_id, actor)
    permit_dispatch(actor, unit.area_id)
    if unit.status != Status.AVAILABLE:
        raise IllegalMove(_("Only an available unit can be moved up."))
    unit.standby = find_area(area) if area else None
    set_status(
        unit, Status.AVAILABLE, "move_up", actor=actor, at=at, facts={"area": area},
        since=unit.status_at,
    )  # fmt: skip
    return unit
