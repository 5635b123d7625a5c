"""A school with one-key alarms, and alarms in one word."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from linli.accounts.models import User
from linli.alarms.actions.take import Report, Taken, take_signal
from linli.alarms.models import Alarm, Desk
from linli.kernel.crypto import seal
from linli.premises.models import Device, Premises, PremisesKind
from tests.cast import BEIJING_ROAD, CITY, COUNTY, LONGMENLI, TUESDAY, Cast, make_user

SECRET = "a-secret-that-can-be-typed-in-32"
_numbers = count(1)


@dataclass
class House:
    """The cast, a school in 龙门里, and who answers in the street, the county and the city."""

    cast: Cast
    school: Premises
    guard: Device
    dormitory: Device
    dispatcher: User

    def signal(self, device: Device | None = None, at: datetime = TUESDAY, **fields: Any) -> Taken:
        """Take a signal of the guard room's button (or what ``fields`` say)."""
        return take_signal(report(device or self.guard, at, **fields), at=at)

    def alarm(self, device: Device | None = None, at: datetime = TUESDAY, **fields: Any) -> Alarm:
        """Return the alarm a signal made or was counted on."""
        return Alarm.objects.get(pk=self.signal(device, at, **fields).alarm)


def report(device: Device, at: datetime, **fields: Any) -> Report:
    """Return a signal of a device under a number of its own."""
    key = fields.pop("key", f"test:{next(_numbers)}")
    given: dict[str, Any] = {
        "key": key, "digest": hashlib.sha256(key.encode()).digest(), "source": "http",
        "kind": "one_key", "area": device.area_id, "raised_at": at, "device": device.id,
        "premises": device.premises_id, "place": device.name,
    }  # fmt: skip
    return Report(**{**given, **fields})


def make_device(school: Premises, name: str, serial: str) -> Device:
    """Save a one-key alarm that knows :data:`SECRET`."""
    device = Device(
        premises=school, area_id=school.area_id, kind="one_key_alarm", name=name, serial=serial,
        latitude=38.52, longitude=102.19,
    )  # fmt: skip
    device.secret = seal(SECRET, device.id.bytes)
    device.save(force_insert=True)
    return device


def make_house(cast: Cast) -> House:
    """Save the school, two buttons, and a dispatcher on each level."""
    kind, _new = PremisesKind.objects.get_or_create(code="school", defaults={"name": "学校"})
    school = Premises.objects.create(
        kind=kind, name="龙门里小学", area_id=LONGMENLI, added_at=TUESDAY, latitude=38.52,
        longitude=102.19,
    )  # fmt: skip
    dispatcher = make_user(
        "street_dispatcher", "dispatcher", BEIJING_ROAD, cast.posts[BEIJING_ROAD]
    )
    cast.users["street_dispatcher"] = dispatcher
    cast.users["county_dispatcher"] = make_user(
        "county_dispatcher", "dispatcher", COUNTY, cast.posts[COUNTY]
    )
    Desk.objects.create(area_id=CITY, seconds=30, phone="0935-0000000")
    assert date(2026, 3, 10) == TUESDAY.date()
    return House(
        cast, school, make_device(school, "门卫室一键报警", "G-0001"),
        make_device(school, "宿舍值班室一键报警", "D-0001"), dispatcher,
    )  # fmt: skip
