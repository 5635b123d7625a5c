"""Share: a person of a unit agrees that this phone tells where the unit is, or stops it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.dispatch.choices import Status
from linli.dispatch.models import DispatchUnit, Sharing, Spot
from linli.dispatch.policy import units_of
from linli.kernel.errors import IllegalMove, NotFound


@transaction.atomic
def start_sharing(unit_id: UUID, *, actor: Actor, at: datetime) -> Sharing:
    """Keep the consent; it ends with the shift at the latest."""
    unit = _own(unit_id, actor)
    if actor.user_id is None:
        raise NotFound(_("There is no such unit here."))
    if unit.status == Status.OFF_DUTY:
        raise IllegalMove(_("Positions are told while on shift only."), _("Begin the shift first."))
    found = Sharing.objects.filter(unit=unit, user=actor.user_id, until=None).first()
    if found is not None:
        return found
    sharing = Sharing(unit=unit, user_id=actor.user_id, since=at)
    facts = {"sharing": str(sharing.id)}
    record(
        "dispatch_unit", unit.id, "dispatch_unit.share", actor=actor.user_id, at=at, facts=facts,
        rows=[sharing],
    )  # fmt: skip
    return sharing


@transaction.atomic
def stop_sharing(unit_id: UUID, *, actor: Actor, at: datetime) -> None:
    """End the consent; where nobody else of the unit shares, its place is forgotten at once."""
    unit = _own(unit_id, actor)
    Sharing.objects.filter(unit=unit, user=actor.user_id, until=None).update(until=at)
    if not Sharing.objects.filter(unit=unit, until=None).exists():
        Spot.objects.filter(unit=unit).delete()
    record("dispatch_unit", unit.id, "dispatch_unit.unshare", actor=actor.user_id, at=at)


def _own(unit_id: UUID, actor: Actor) -> DispatchUnit:
    unit = (
        DispatchUnit.objects.select_for_update(of=("self",))
        .filter(units_of(actor), pk=unit_id, retired_at=None)
        .first()
    )
    if unit is None:
        raise NotFound(_("There is no such unit here."))
    return unit
