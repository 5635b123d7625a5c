"""Take message: a short message or a warning of another system becomes an alarm."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from linli.alarms.actions.step import LONGEST_NOTE
from linli.alarms.actions.take import Report, Taken, take_signal
from linli.alarms.cap import reading
from linli.alarms.choices import Kind, Source, Verb
from linli.alarms.models import Alarm, Event, Inlet, Signal
from linli.alarms.queries.devices import Known, devices_named
from linli.areas.codes import above
from linli.areas.locating import lowest_at
from linli.areas.models import Area
from linli.kernel.crypto import seal
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.kernel.row_security import as_owner

# What providers call the parts of a message; the first that is there counts.
NAMES: Mapping[str, tuple[str, ...]] = {
    "phone": ("phone", "from", "mobile", "sender", "msisdn", "src_number", "tel"),
    "text": ("text", "content", "message", "body", "msg", "msg_content"),
    "id": ("id", "msgid", "message_id", "msg_id", "smsid", "sequence"),
}
_DIGITS = re.compile(r"[^0-9]+")
_TEST = re.compile(r"\s*(测试|试验|test\b)", re.IGNORECASE)
LONGEST_TEXT = 2000
# CAP: what is no warning of anything that happens.
_NOT_REAL = frozenset({"Exercise", "Test", "System"})


def take_sms(inlet: Inlet, told: Mapping[str, str], *, at: datetime) -> Taken:
    """Take a short message: of a device whose serial number is its telephone, else of a caller.

    Raises ``Invalid`` where sender or text are missing.
    """
    part = {
        name: next((told[one] for one in names if told.get(one, "").strip()), "").strip()
        for name, names in NAMES.items()
    }
    if not part["phone"] or not part["text"]:
        raise Invalid(_("Sender and text are needed."))
    phone = _digits(part["phone"])
    # Without a number of its own, the same words within a minute are the same message.
    own = part["id"] or f"{phone}:{part['text']}:{at:%Y%m%d%H%M}"
    digest = hashlib.sha256(f"{phone}\n{part['text']}".encode()).digest()
    key = f"sms:{inlet.id}:{hashlib.sha256(own.encode()).hexdigest()}"
    with as_owner():
        city = inlet.area_id[:4]
        devices = [one for one in devices_named(phone) if one.in_use and one.area.startswith(city)]
        _heard(inlet, at)
        if devices:
            return take_signal(_of_device(devices[0], key, digest, part["text"], at), at=at)
        alarm_id = new_id()
        report = Report(
            key=key, digest=digest, source=Source.SMS, kind=Kind.HELP, area=inlet.area_id,
            raised_at=at, text=part["text"][:LONGEST_TEXT], id=alarm_id,
            sealed=seal({"phone": part["phone"][:30]}, alarm_id.bytes),
        )  # fmt: skip
        return take_signal(report, at=at)


def _of_device(device: Known, key: str, digest: bytes, text: str, at: datetime) -> Report:
    return Report(
        key=key, digest=digest, source=Source.SMS, kind=device.kind, area=device.area,
        premises=device.premises, device=device.id, place=device.place, raised_at=at,
        latitude=device.latitude, longitude=device.longitude, text=text[:300],
        is_test=_TEST.match(text) is not None,
    )  # fmt: skip


def _digits(phone: str) -> str:
    """Return a telephone number as devices are registered under it: digits, without +86."""
    digits = _DIGITS.sub("", phone)
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def take_cap(inlet: Inlet, data: bytes, *, at: datetime) -> Taken | None:
    """Take a CAP message; None where it says nothing that has to be seen (a draft, an answer).

    An update or a cancellation is written onto the alarm of the message it follows, as long as that
    is open. Raises ``NotCap``.
    """
    message = reading.read(data)
    if message.status == "Draft" or message.type in ("Ack", "Error"):
        return None
    key = "cap:" + hashlib.sha256(message.name.encode()).hexdigest()
    digest = hashlib.sha256(data).digest()
    with as_owner():
        _heard(inlet, at)
        followed = _followed(message)
        if followed is not None and not Signal.objects.filter(key=key).exists():
            return _follow(followed, message, key, digest, at)
        return take_signal(_of_cap(inlet, message, key, digest, at), at=at)


def _of_cap(
    inlet: Inlet, message: reading.Message, key: str, digest: bytes, at: datetime
) -> Report:
    area, point = _area(inlet, message), next(iter(message.points), None)
    lines = [message.headline or message.event, message.description, message.instruction]
    return Report(
        key=key, digest=digest, source=Source.CAP, kind=Kind.WARNING, area=area,
        raised_at=min(message.sent, at), place=message.place[:120],
        longitude=point[0] if point else None, latitude=point[1] if point else None,
        text="\n".join(filter(None, lines))[:LONGEST_TEXT], is_test=message.status in _NOT_REAL,
    )  # fmt: skip


def _area(inlet: Inlet, message: reading.Message) -> str:
    """Return the lowest area here that a code or point of the message names, else the door's."""
    city = inlet.area_id[:4]
    wanted = {part for code in message.codes if code.startswith(city) for part in above(code[:15])}
    found = Area.objects.filter(code__in=wanted, abolished_on=None).order_by("-code").first()
    if found is not None and len(found.code) >= len(city):
        return found.code
    for longitude, latitude in message.points[:3]:
        lowest = lowest_at(city, longitude, latitude)
        if lowest is not None:
            return lowest.code
    return inlet.area_id


def _followed(message: reading.Message) -> Alarm | None:
    keys = ["cap:" + hashlib.sha256(name.encode()).hexdigest() for name in message.references[:50]]
    signals = Signal.objects.filter(key__in=keys).values("alarm")
    return Alarm.objects.select_for_update().filter(pk__in=signals).exclude(state="reset").first()


def _follow(alarm: Alarm, message: reading.Message, key: str, digest: bytes, at: datetime) -> Taken:
    silent = (at - alarm.last_at).total_seconds()
    alarm.count += 1
    alarm.last_at = at
    alarm.version += 1
    alarm.save(update_fields=["count", "last_at", "version"])
    Signal(
        alarm=alarm, key=key, digest=digest, source=Source.CAP, raised_at=message.sent,
        received_at=at,
    ).save(force_insert=True)  # fmt: skip
    word = _("lifted") if message.type == "Cancel" else _("updated")
    note = f"{word}: {message.headline or message.event} {message.description}"
    Event(
        alarm=alarm, verb=Verb.REPEAT, at=at, to_state=alarm.state, note=note[:LONGEST_NOTE]
    ).save(force_insert=True)
    return Taken(alarm.id, "repeat", alarm.sequence, alarm.count, silent)


def _heard(inlet: Inlet, at: datetime) -> None:
    Inlet.objects.filter(pk=inlet.pk).update(heard_at=at)


def inlet_of(inlet_id: UUID, digest: bytes) -> Inlet | None:
    """Return the open door of this id and token."""
    return Inlet.objects.filter(pk=inlet_id, digest=digest, ended_at=None).first()
