"""Which device a message comes from, as the channels need to know it."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from linli.alarms.choices import Kind
from linli.premises.actions.secrets import secrets_of
from linli.premises.choices import DeviceKind, Senses
from linli.premises.models import Device

# Seconds a process goes on with what it knows of a device: so long may a secret that was taken away
# still be good, and so long a device that was just added is unknown.
KNOWN_FOR = 5.0
MOST_KNOWN = 20_000
_BY_SENSE: Mapping[str, Kind] = {
    Senses.SMOKE: Kind.FIRE,
    Senses.HEAT: Kind.FIRE,
    Senses.ELECTRIC: Kind.FIRE,
    Senses.GAS: Kind.GAS,
    Senses.CARBON_MONOXIDE: Kind.GAS,
    Senses.WATER: Kind.WATER,
    Senses.DOOR: Kind.INTRUSION,
    Senses.MOTION: Kind.INTRUSION,
}
# What a device itself may say it reports; anything else is what it is set up as.
SAYABLE = frozenset(
    {
        Kind.ONE_KEY, Kind.HELP, Kind.VIOLENCE, Kind.FIRE, Kind.MEDICAL, Kind.ACCIDENT, Kind.GAS,
        Kind.WATER, Kind.INTRUSION, Kind.SENSOR,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A device in use or out of it, with the secrets that hold now."""

    id: UUID
    area: str
    premises: UUID | None
    place: str
    latitude: float | None
    longitude: float | None
    kind: str
    secrets: tuple[str, ...]
    in_use: bool


_known: OrderedDict[str, tuple[float, tuple[Known, ...]]] = OrderedDict()


def devices_named(serial: str) -> tuple[Known, ...]:
    """Return the devices with this serial number: one a city. Must be asked as the owner."""
    now = time.monotonic()
    ends, found = _known.get(serial, (0.0, ()))
    if now < ends:
        return found
    found = _read(serial)
    _known[serial] = (now + KNOWN_FOR, found)
    _known.move_to_end(serial)
    if len(_known) > MOST_KNOWN:
        _known.popitem(last=False)
    return found


def forget_devices() -> None:
    """Look every device up afresh (tests)."""
    _known.clear()


def _read(serial: str) -> tuple[Known, ...]:
    rows = Device.objects.filter(serial=serial).select_related("premises")
    return tuple(_of(device) for device in rows[:20])


def _of(device: Device) -> Known:
    premises = device.premises
    spot = premises or device
    names = [premises.name] if premises else []
    has_point = device.latitude is not None
    return Known(
        id=device.id, area=device.area_id, premises=device.premises_id,
        place=" ".join([*names, device.name])[:120],
        latitude=device.latitude if has_point else spot.latitude,
        longitude=device.longitude if has_point else spot.longitude, kind=_kind(device),
        secrets=tuple(secrets_of(device, datetime.now(UTC))), in_use=device.retired_at is None,
    )  # fmt: skip


def _kind(device: Device) -> str:
    if device.kind == DeviceKind.SENSOR:
        return _BY_SENSE.get(device.senses, Kind.SENSOR)
    return Kind.ONE_KEY if device.kind == DeviceKind.ONE_KEY_ALARM else Kind.HELP
