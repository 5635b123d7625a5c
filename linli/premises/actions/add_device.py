"""Add a device, change what is written about it, or take it out of use."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.premises.actions.step import locked_device, open_one, tell
from linli.premises.choices import DeviceKind, Happened, Senses, Spot
from linli.premises.models import Device, Premises
from linli.premises.policy import permit_keep

LONGEST_INTERVAL = 7 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceData:
    """What is written down about a device. ``area`` is only asked for one without premises."""

    kind: str
    name: str
    premises: UUID | None = None
    area: str = ""
    senses: str = ""
    spot: str = ""
    floor: str = ""
    serial: str = ""
    latitude: float | None = None
    longitude: float | None = None
    to_police: bool = False
    interval_seconds: int = 0
    installed_on: date | None = None
    expires_on: date | None = None


_PLAIN = (
    "kind", "senses", "spot", "floor", "latitude", "longitude", "to_police", "interval_seconds",
    "installed_on", "expires_on",
)  # fmt: skip


@transaction.atomic
def add_device(
    data: DeviceData, *, actor: Actor, at: datetime, device_id: UUID | None = None
) -> Device:
    """Write a device down. It counts as connected once it was heard of."""
    place = open_one(data.premises, actor) if data.premises else None
    device = Device(id=device_id or new_id(), premises=place)
    write(device, data, place)
    permit_keep(actor, device.area_id)
    device.test_due = first_test(device, place, at)
    save(device, new=True)
    tell(device, Happened.DEVICE, actor=actor, at=at, text=device.name, facts={"kind": data.kind})
    return device


@transaction.atomic
def change_device(device_id: UUID, data: DeviceData, *, actor: Actor, at: datetime) -> Device:
    """Write ``data`` into a device; it may move to other premises."""
    device = locked_device(device_id, actor)
    permit_keep(actor, device.area_id)
    place = open_one(data.premises, actor) if data.premises else None
    device.premises = place
    write(device, data, place)
    permit_keep(actor, device.area_id)
    if device.test_due is None:
        device.test_due = first_test(device, place, at)
    save(device)
    tell(device, Happened.DEVICE_CHANGED, actor=actor, at=at, text=device.name)
    return device


@transaction.atomic
def retire_device(device_id: UUID, *, actor: Actor, at: datetime) -> Device:
    """Take a device out of use: its secret ends, its history stays."""
    device = locked_device(device_id, actor)
    permit_keep(actor, device.area_id)
    device.retired_at, device.secret, device.former_secret = at, None, None
    device.save(update_fields=["retired_at", "secret", "former_secret"])
    tell(device, Happened.RETIRED, actor=actor, at=at, text=device.name)
    return device


def check(data: DeviceData) -> None:
    """Raise :class:`Invalid` with a sentence for each field that can't stand."""
    wrong: dict[str, str] = {}
    if data.kind not in DeviceKind.values:
        wrong["kind"] = _("Choose a kind.")
    if not data.name.strip():
        wrong["name"] = _("Write what it is called.")
    if (data.kind == DeviceKind.SENSOR) != (data.senses in Senses.values):
        wrong["senses"] = _("Say what a sensor senses, and only of a sensor.")
    if data.spot and data.spot not in Spot.values:
        wrong["spot"] = _("Choose from the list.")
    if (data.latitude is None) != (data.longitude is None):
        wrong["latitude"] = _("Give both latitude and longitude, or neither.")
    if not 0 <= data.interval_seconds <= LONGEST_INTERVAL:
        wrong["interval_seconds"] = _("Between 0 (never) and a week.")
    if not data.premises and not data.area:
        wrong["area"] = _("Choose an area.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)


def write(device: Device, data: DeviceData, place: Premises | None) -> None:
    """Check, and put what is known into the fields."""
    check(data)
    device.area_id = place.area_id if place else find_area(data.area).code
    device.name, device.serial = data.name.strip(), data.serial.strip()
    for name in _PLAIN:
        setattr(device, name, getattr(data, name))


def first_test(device: Device, place: Premises | None, at: datetime) -> date | None:
    """Return the day of the first test of a one-key alarm, where its place has such turns."""
    if device.kind != DeviceKind.ONE_KEY_ALARM or place is None or not place.kind.test_days:
        return None
    return (device.installed_on or local_date(at)) + timedelta(days=place.kind.test_days)


def save(device: Device, *, new: bool = False) -> None:
    """Save; raises :class:`Invalid` where another device of the city has the serial number."""
    try:
        with transaction.atomic():
            device.save(force_insert=new)
    except IntegrityError as clash:
        if "device_serial_once" not in str(clash):
            raise
        said = _("Another device of this city has this serial number.")
        raise Invalid(said, {"serial": said}) from clash
