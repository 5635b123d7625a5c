"""Take: a signal becomes a new alarm, or counts on the one that is open already."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from linli.alarms import lifecycle
from linli.alarms.choices import LIGHTS, SEVERITY
from linli.alarms.models import Event
from linli.audit.record import record
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.notices.stream.publish import publish

# The first repetitions of an alarm are shown as they come, then one a second at most.
SHOWN_SINGLY = 3
SECOND = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One message about an alarm. ``key`` is its own number: the same message counts once.

    ``digest`` (32 bytes) tells it from another message under the same key. ``area`` is a code;
    ``raised_at`` the sender's clock; degrees are WGS-84. ``id`` is the alarm's, if it is a new one;
    ``sealed`` keeps a caller's number under it.
    """

    key: str
    digest: bytes
    source: str
    kind: str
    area: str
    raised_at: datetime
    premises: UUID | None = None
    device: UUID | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_test: bool = False
    is_late: bool = False
    text: str = ""
    sealed: bytes | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a signal: ``raise``, ``repeat``, ``ring_again``, ``known`` or ``reused``.

    ``reused``: another message came under this key before, and this one was not taken. ``silent``
    is how many seconds ago the last signal of the alarm (or the same message) was.
    """

    alarm: UUID
    verb: str
    sequence: int
    count: int
    silent: float


_TAKE = (
    "SELECT * FROM alarms_take(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::smallint, %s, %s, %s,"
    " %s, %s, %s, %s, %s)"
)


@transaction.atomic
def take_signal(report: Report, *, at: datetime, actor: UUID | None = None) -> Taken:
    """Take one signal and tell the boards. Runs as owner: who may report was checked before."""
    taken = _take(report, at)
    if taken.verb in ("raise", "ring_again"):
        state = lifecycle.RINGING
        event = Event(alarm_id=taken.alarm, verb=taken.verb, at=at, to_state=state, actor_id=actor)
        facts = {
            "kind": report.kind, "area": report.area, "source": report.source,
            "test": report.is_test, "late": report.is_late, "device": report.device,
        }  # fmt: skip
        record(
            "alarm", taken.alarm, f"alarm.{taken.verb}", actor=actor, at=at, facts=facts,
            rows=[event],
        )  # fmt: skip
        publish(f"alarms:{report.area}", "alarm", _shown(report, taken), at=at)
    elif taken.verb == "repeat" and (taken.count <= SHOWN_SINGLY or taken.silent >= SECOND):
        publish(f"alarms:{report.area}", "alarm", _shown(report, taken), at=at)
    return taken


def _take(report: Report, at: datetime) -> Taken:
    values: list[Any] = [
        report.id, report.key, report.digest, report.source, report.area, report.premises,
        report.device, report.place, report.latitude, report.longitude, report.kind,
        SEVERITY[report.kind], report.is_test, report.is_late, report.text, report.sealed,
        report.raised_at, at, local_date(at), lifecycle.SILENCE,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        alarm, verb, sequence, count, silent = cursor.fetchone()
    return Taken(alarm, verb, sequence, count, silent.total_seconds() if silent else 0.0)


def _shown(report: Report, taken: Taken) -> dict[str, Any]:
    """Return what boards are told: enough to draw the row, and nothing about a person."""
    return {
        "id": str(taken.alarm), "verb": taken.verb, "number": taken.sequence, "count": taken.count,
        "kind": report.kind, "area": report.area, "test": report.is_test,
        "light": LIGHTS[SEVERITY[report.kind]],
    }  # fmt: skip
