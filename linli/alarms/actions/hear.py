"""Hear: what a device says, by whatever channel, is proved, taken, and answered."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from linli.accounts.actor import SYSTEM
from linli.alarms.actions.refuse import count_refused
from linli.alarms.actions.take import Report, take_signal
from linli.alarms.choices import Kind, Refusal
from linli.alarms.floods import Windows
from linli.alarms.models import Alarm
from linli.alarms.proof import (
    ALARM,
    HEARTBEAT,
    Message,
    Unproved,
    check_shape,
    check_signature,
    late_by,
)
from linli.alarms.queries.devices import SAYABLE, Known, devices_named
from linli.kernel.row_security import as_owner
from linli.premises.actions.faults import record_fault
from linli.premises.actions.record_heartbeat import record_heartbeat
from linli.premises.actions.record_test import record_test

# A device may say one thing so often in so many seconds; more is counted as a flood.
MOST, SECONDS = 20, 10.0
# The same message after so many seconds is no second try of a device that got no answer.
RETRIES = 600.0
LONGEST_TEXT = 300
STATUS: Mapping[str, int] = {
    Refusal.UNKNOWN: 401,
    Refusal.UNSIGNED: 401,
    Refusal.FORGED: 401,
    Refusal.RETIRED: 403,
    Refusal.REUSED: 409,
    Refusal.TOO_OLD: 422,
    Refusal.FUTURE: 422,
    Refusal.MALFORMED: 400,
    Refusal.TOO_LARGE: 413,
    Refusal.FLOOD: 429,
}
_windows: Windows[tuple[UUID, str, str, bool]] = Windows(MOST, SECONDS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the device is told. ``now`` in the body lets it set its clock."""

    status: int
    body: Mapping[str, Any]


def hear(message: Message, *, at: datetime) -> Answer:
    """Take one message of a device. What it says is committed when this returns.

    Raises nothing but database errors: then nothing was taken and the device sends it again.
    """
    device: Known | None = None
    try:
        check_shape(message)
        device, reason = _sender(message)
        if reason:
            raise Unproved(reason)
        late = late_by(message, at.timestamp(), settings.LINLI_DEVICE_SKEW)
        told = _taken(message, device, late, at)
    except Unproved as refusal:
        _count(refusal.reason, message, device, at)
        # Strangers don't learn which devices there are.
        said = Refusal.FORGED if STATUS[refusal.reason] == 401 else refusal.reason
        return Answer(STATUS[refusal.reason], {"refused": str(said), "now": _seconds(at)})
    return Answer(200, {**told, "now": _seconds(at)})


def _count(reason: str, message: Message, device: Known | None, at: datetime) -> None:
    if device is None:
        count_refused(reason, message.serial, at=at)
    else:
        count_refused(reason, message.serial, at=at, device=device.id, area=device.area)


def _sender(message: Message) -> tuple[Known, str]:
    """Return the device that signed it; or the one it pretends to be, and why it is not."""
    with as_owner():
        devices = devices_named(message.serial)
    for device in devices:
        try:
            check_signature(message, device.secrets)
        except Unproved:
            continue
        return device, "" if device.in_use else Refusal.RETIRED
    if not devices:
        raise Unproved(Refusal.UNKNOWN)
    return devices[0], Refusal.FORGED


def _taken(message: Message, device: Known, late: int, at: datetime) -> dict[str, Any]:
    told = _told(message.body)
    if message.word == ALARM:
        if told is None:
            # It is signed: a button was pressed, whatever the device makes of its words.
            _count(Refusal.MALFORMED, message, device, at)
        if late < 0:
            _count(Refusal.FUTURE, message, device, at)
        return _alarm(message, device, told or {}, late=late, at=at)
    if not _windows.within((device.id, message.word, "", False), time.monotonic()):
        raise Unproved(Refusal.FLOOD)
    moment = min(_moment(message), at)
    if message.word == HEARTBEAT:
        with as_owner():
            record_heartbeat(device.id, moment)
        return {}
    if told is None or not (fault := _words(told.get("fault"), 200)):
        raise Unproved(Refusal.MALFORMED)
    with as_owner():
        record_fault(device.id, fault=fault, actor=SYSTEM, at=at)
        record_heartbeat(device.id, moment)
    return {}


def _alarm(
    message: Message, device: Known, told: Mapping[str, Any], *, late: int, at: datetime
) -> dict[str, Any]:
    kind = told.get("kind")
    kind = kind if isinstance(kind, str) and kind in SAYABLE else device.kind
    test = told.get("test") is True
    calm = _windows.within((device.id, ALARM, kind, test), time.monotonic())
    report = Report(
        key=f"{device.id}:{message.number}", digest=message.digest, source=message.source,
        kind=kind, area=device.area, premises=device.premises, device=device.id,
        place=device.place, latitude=device.latitude, longitude=device.longitude, is_test=test,
        is_late=late > 0, text=_words(told.get("text"), LONGEST_TEXT),
        raised_at=min(_moment(message), at),
    )  # fmt: skip
    with as_owner():
        # In a storm only that counts which is not on a row already.
        if not calm and _is_open(report):
            raise Unproved(Refusal.FLOOD)
        taken = take_signal(report, at=at)
        if taken.verb != "known":
            record_heartbeat(device.id, report.raised_at)
        if taken.verb == "raise" and test and device.kind == Kind.ONE_KEY:
            # The monthly test of a one-key alarm, with the time it took to arrive.
            record_test(device.id, sent_at=report.raised_at, arrived_at=at, actor=SYSTEM, at=at)
    if taken.verb == "reused":
        raise Unproved(Refusal.REUSED)
    if taken.verb == "known" and taken.silent > RETRIES:
        _count(Refusal.REPLAYED, message, device, at)
    return {"alarm": taken.sequence, "taken": taken.verb}


def _is_open(report: Report) -> bool:
    rows = Alarm.objects.filter(device=report.device, kind=report.kind, is_test=report.is_test)
    return rows.exclude(state="reset").exists()


def _told(body: bytes) -> dict[str, Any] | None:
    """Return the members of the body, none for an empty one; None where it can't be read."""
    if not body.strip():
        return {}
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _words(value: object, most: int) -> str:
    """Return a text that PostgreSQL can keep."""
    if not isinstance(value, str):
        return ""
    return value.encode(errors="ignore").decode().replace("\0", "").strip()[:most]


def _moment(message: Message) -> datetime:
    return datetime.fromtimestamp(int(message.time), UTC)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
