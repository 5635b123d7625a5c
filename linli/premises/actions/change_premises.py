"""Change premises, or close them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove
from linli.kernel.working_days import local_date
from linli.premises.actions.add_premises import PremisesData, check, save, write
from linli.premises.actions.step import open_one, tell
from linli.premises.choices import Happened
from linli.premises.lifecycle import PENDING
from linli.premises.models import Device, Hazard, Premises
from linli.premises.policy import permit_keep

FIELDS = (
    "kind_id", "name", "area_id", "address", "latitude", "longitude", "phone", "hours", "floors",
    "basements", "capacity", "absent", "responsible_id", "department_id", "note",
)  # fmt: skip


@transaction.atomic
def change_premises(
    premises_id: UUID, data: PremisesData, *, actor: Actor, at: datetime, seen: int | None = None
) -> Premises:
    """Write ``data`` into a place; its devices move with it into another area."""
    place = open_one(premises_id, actor, seen=seen)
    permit_keep(actor, place.area_id)
    permit_keep(actor, data.area)
    check(data)
    before = {name: getattr(place, name) for name in FIELDS}
    write(place, data)
    changed = [name for name in FIELDS if getattr(place, name) != before[name]]
    if not changed:
        return place
    if place.area_id != before["area_id"]:
        Device.objects.filter(premises=place).update(area=place.area_id)
    place.version += 1
    save(place)
    tell(place, Happened.CHANGED, actor=actor, at=at, facts={"changed": changed})
    return place


@transaction.atomic
def close_premises(premises_id: UUID, *, actor: Actor, at: datetime) -> Premises:
    """The place is no more: its devices go out of use. Refused while a hazard is pending."""
    place = open_one(premises_id, actor)
    permit_keep(actor, place.area_id)
    if Hazard.objects.filter(premises=place, state__in=PENDING).exists():
        raise IllegalMove(
            _("A hazard of this place is not closed yet."),
            _("Look at it again, or end its case first."),
        )
    place.closed_on, place.version = local_date(at), place.version + 1
    place.save(update_fields=["closed_on", "version"])
    Device.objects.filter(premises=place, retired_at=None).update(retired_at=at)
    tell(place, Happened.CLOSED, actor=actor, at=at)
    return place
