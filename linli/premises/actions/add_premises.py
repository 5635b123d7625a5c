"""Add premises: a place is written down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.areas.queries import area as find_area
from linli.areas.queries import holding
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.premises.actions.step import tell
from linli.premises.choices import Happened, Spot
from linli.premises.hours import Week
from linli.premises.models import Premises, PremisesKind
from linli.premises.policy import permit_keep

_CITY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesData:
    """What is written down about a place. ``area`` is a code, points are WGS-84 degrees.

    ``hours`` is a week as :mod:`linli.premises.hours` reads it, empty where nobody told.
    """

    kind: str
    name: str
    area: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    hours: Week = ()
    floors: int | None = None
    basements: int = 0
    capacity: int | None = None
    absent: tuple[str, ...] = ()
    responsible: UUID | None = None
    department: UUID | None = None
    note: str = ""


# Fields that are taken over as they are.
PLAIN = (
    "address", "latitude", "longitude", "phone", "floors", "basements", "capacity", "note",
)  # fmt: skip


@transaction.atomic
def add_premises(
    data: PremisesData, *, actor: Actor, at: datetime, premises_id: UUID | None = None
) -> Premises:
    """Write a place down; its first inspection is due after the interval of its kind."""
    permit_keep(actor, data.area)
    kind = check(data)
    place = Premises(id=premises_id or new_id(), added_at=at)
    write(place, data)
    if kind.inspection_days:
        place.inspection_due = local_date(at) + timedelta(days=kind.inspection_days)
    save(place, new=True)
    tell(place, Happened.ADDED, actor=actor, at=at, facts={"kind": kind.code})
    return place


def check(data: PremisesData) -> PremisesKind:
    """Return the kind; raise :class:`Invalid` with a sentence for each field that can't stand."""
    wrong: dict[str, str] = {}
    kind = PremisesKind.objects.filter(code=data.kind).first()
    if kind is None:
        wrong["kind"] = _("Choose a kind.")
    if not data.name.strip():
        wrong["name"] = _("Write what it is called.")
    if (data.latitude is None) != (data.longitude is None):
        wrong["latitude"] = _("Give both latitude and longitude, or neither.")
    if set(data.absent) - set(Spot.values):
        wrong["absent"] = _("Choose from the list.")
    for name in ("responsible", "department"):
        unit = getattr(data, name)
        if unit is not None and not _serves(holding(unit), data.area):
            wrong[name] = _("Choose an open unit of this city.")
    if wrong or kind is None:
        raise Invalid(_("This can't be written down like that."), wrong)
    find_area(data.area)
    return kind


def _serves(unit: Unit | None, area: str) -> bool:
    return unit is not None and unit.area_id[:_CITY] == area[:_CITY]


def write(place: Premises, data: PremisesData) -> None:
    """Put what is known into the fields; shared with :mod:`change_premises`."""
    place.kind_id, place.name, place.area_id = data.kind, data.name.strip(), data.area
    place.hours = [list(map(list, day)) for day in data.hours]
    place.absent = sorted(data.absent)
    place.responsible_id, place.department_id = data.responsible, data.department
    for name in PLAIN:
        setattr(place, name, getattr(data, name))


def save(place: Premises, *, new: bool = False) -> None:
    """Save; raises :class:`Invalid` where the same place stands there already."""
    try:
        with transaction.atomic():
            place.save(force_insert=new)
    except IntegrityError as clash:
        if "premises_once" not in str(clash):
            raise
        said = _("This area has a place of this kind and name already.")
        raise Invalid(said, {"name": said}) from clash
