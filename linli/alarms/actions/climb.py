"""Climb: alarms that nobody answered in time ring at the next desk, and by phone.

Many at once: after a power cut every button of a city may ring, and all clocks be due together.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, gettext_noop
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from linli.alarms.choices import LIGHTS, Kind
from linli.alarms.models import Desk, Event
from linli.alarms.queries.desks import names_of, people_at
from linli.audit.bulk import BulkEntry
from linli.audit.record import record_all
from linli.kernel.working_days import local_date
from linli.notices.actions.send import Contact, Telling, notify_all
from linli.notices.lifecycle import SMS, VOICE
from linli.notices.stream.publish import Nudge, publish_all

BATCH = 500
# At the top an alarm rings again after four times as long, and is phoned so often at most.
LONGER, MOST_CLIMBS = 4, 20

# When the next clock is due, for the loop of clocks.
NEXT_DUE = "SELECT min(due_at) FROM alarms_alarm WHERE due_at IS NOT NULL"
# Whoever claims a row moves its clock on in the same statement: two workers never ring one twice.
_CLIMB = """
WITH due AS (
  SELECT id, area_id, desk FROM alarms_alarm WHERE due_at <= %(at)s
  ORDER BY due_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), goes AS (
  SELECT due.id, due.desk AS before, d.code, d.seconds,
    coalesce((SELECT own.seconds FROM alarms_desk own WHERE own.area_id = due.desk), 30) AS again
  FROM due LEFT JOIN LATERAL alarms_next_desk(due.area_id, due.desk, %(day)s) d ON true
)
UPDATE alarms_alarm a SET desk = coalesce(goes.code, a.desk), climbs = a.climbs + 1,
  version = a.version + 1,
  due_at = CASE WHEN a.climbs + 1 < %(most)s
    THEN %(at)s + make_interval(secs => coalesce(goes.seconds, goes.again * %(longer)s)) END
FROM goes WHERE a.id = goes.id
RETURNING a.id, a.area_id, a.sequence, a.kind, a.severity, a.count, a.is_test, a.state, a.desk,
  goes.before, a.climbs
"""


@dataclass(frozen=True, slots=True)
class Climbed:
    """An alarm that rings at another desk now, or at the top once more."""

    id: UUID
    area: str
    sequence: int
    kind: str
    severity: int
    count: int
    is_test: bool
    state: str
    desk: str
    before: str
    climbs: int


def climb_due(*, at: datetime) -> int:
    """Let the clocks that are due act, up to :data:`BATCH`; return how many did."""
    with transaction.atomic():
        values: dict[str, Any] = {
            "at": at, "batch": BATCH, "day": local_date(at), "most": MOST_CLIMBS, "longer": LONGER
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_CLIMB, values)
            found = [Climbed(*row) for row in cursor.fetchall()]
        if found:
            _write(found, at)
            _tell(found, at)
    return len(found)


def _write(found: Sequence[Climbed], at: datetime) -> None:
    Event.objects.bulk_create(
        Event(alarm_id=one.id, verb="climb", at=at, to_state=one.state, desk=one.desk)
        for one in found
    )
    record_all(
        [
            BulkEntry(
                "alarm", one.id, "alarm.climb", None, at,
                {"from": one.before, "desk": one.desk, "climbs": one.climbs, "area": one.area},
            )
            for one in found
        ]
    )  # fmt: skip
    nudges = [Nudge(f"alarms:{one.area}", "alarm", _shown(one)) for one in found]
    publish_all(nudges, at=at)


def _shown(one: Climbed) -> dict[str, object]:
    return {
        "id": str(one.id), "verb": "climb", "number": one.sequence, "count": one.count,
        "kind": one.kind, "area": one.area, "test": one.is_test, "state": one.state,
        "desk": one.desk, "light": LIGHTS[one.severity],
    }  # fmt: skip


def _tell(found: Sequence[Climbed], at: datetime) -> None:
    """Tell each desk once of all that rings there now: its people, and its telephone."""
    by_desk: defaultdict[str, list[Climbed]] = defaultdict(list)
    for one in found:
        by_desk[one.desk].append(one)
    people = people_at(by_desk, local_date(at))
    phones = dict(Desk.objects.filter(pk__in=by_desk).values_list("area", "phone"))
    names = names_of({*by_desk, *(one.area for one in found)})
    tellings: list[Telling] = []
    for desk, alarms in by_desk.items():
        first = alarms[0]
        single = len(alarms) == 1
        about = ("alarm", first.id) if single else ("alarms", desk)
        words = {
            "alarm": _called(alarms), "unit": names.get(desk, desk),
            "area": names.get(first.area, first.area) if single else names.get(desk, desk),
        }  # fmt: skip
        to, phone = people.get(desk, []), phones.get(desk, "")
        key = f"{first.id}:{first.climbs}:{len(alarms)}"
        rule = gettext_noop("nobody answered an alarm")
        tellings.append(
            Telling("alarm_waits", about, at, to, key=key, rule=rule, urgent=True, words=words)
        )
        called = Contact(phone=phone) if phone else None
        tellings.append(
            Telling(
                "alarm_call", about, at, () if called else to, called, key=key, rule=rule,
                urgent=True, words=words,
            )
        )  # fmt: skip
    notify_all(tellings)
    _deliver_now()


def _called(alarms: Sequence[Climbed]) -> object:
    """Return what the alarms are called, in the language of whoever reads it."""
    if len(alarms) == 1:
        return format_lazy("{} {}", Kind(alarms[0].kind).label, alarms[0].sequence)
    return format_lazy(gettext_lazy("{n} alarms"), n=len(alarms))


def _deliver_now() -> None:
    """Let messages leave now, not when the worker looks for them next."""
    for channel in (SMS, VOICE):
        lock = f"deliver:{channel}"
        job = queue.configure_task(
            "linli.notices.tasks.deliver_messages", queueing_lock=lock, lock=lock, queue="outside"
        )
        try:
            with transaction.atomic():
                job.defer(channel=channel)
        except AlreadyEnqueued:
            continue
