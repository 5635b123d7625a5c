"""Make case: an alarm becomes an incident that is handled as any other case; once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.alarms.actions.answer import ANSWERED_FIELDS, mark_answered
from linli.alarms.actions.step import begin, finish
from linli.alarms.choices import Kind, Severity, Source
from linli.alarms.models import Alarm
from linli.cases.actions.register import Matter, register_case
from linli.cases.choices import Channel, Urgency
from linli.cases.choices import Kind as CaseKind

_CHANNELS = {Source.CALL: Channel.PHONE, Source.SMS: Channel.PHONE, Source.PERSON: Channel.PHONE}
LONGEST_TITLE = 120


@transaction.atomic
def make_case(
    alarm_id: UUID, *, actor: Actor, at: datetime, title: str = "", seen: int | None = None
) -> Alarm:
    """Register an incident of the alarm at the actor's desk, and return the alarm with its case.

    Whoever makes it has thereby answered. Asked again, the first case stands. ``title`` empty: the
    kind and the place.
    """
    alarm = begin("make_case", alarm_id, actor, seen=seen)
    if alarm.case_id:
        return alarm
    changed = {"case"}
    if alarm.answered_at is None or alarm.due_at is not None:
        mark_answered(alarm, actor, at)
        changed |= set(ANSWERED_FIELDS)
    matter = Matter(
        kind=CaseKind.INCIDENT, title=(title.strip() or title_of(alarm))[:LONGEST_TITLE],
        area=alarm.area_id, channel=_channel(alarm), description=alarm.text, place=alarm.place,
        urgency=Urgency.DANGER if alarm.severity == Severity.DANGER else Urgency.NORMAL,
        latitude=alarm.latitude, longitude=alarm.longitude,
    )  # fmt: skip
    alarm.case = register_case(matter, actor=actor, at=at)
    finish(
        alarm, "make_case", actor=actor.user_id, at=at, changed=changed,
        facts={"case": str(alarm.case_id)},
    )  # fmt: skip
    return alarm


def title_of(alarm: Alarm) -> str:
    """Return what an incident is called unless somebody says otherwise."""
    kind = Kind(alarm.kind).label
    return f"{alarm.place}：{kind}" if alarm.place else str(kind)


def _channel(alarm: Alarm) -> str:
    if alarm.kind == Kind.SENSOR:
        return Channel.SENSOR
    return _CHANNELS.get(Source(alarm.source), Channel.ALARM)
