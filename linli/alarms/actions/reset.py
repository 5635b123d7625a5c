"""Reset: a person ends an alarm, with a reason; nothing else ever does."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.alarms.actions.answer import ANSWERED_FIELDS, mark_answered
from linli.alarms.actions.step import begin, finish, needed
from linli.alarms.choices import Outcome
from linli.alarms.models import Alarm


@transaction.atomic
def reset_alarm(
    alarm_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Alarm:
    """Reset an answered alarm; its outcome is ``test`` for a test, else ``real``."""
    alarm = begin("reset", alarm_id, actor, seen=seen)
    _end(
        alarm,
        "reset",
        Outcome.TEST if alarm.is_test else Outcome.REAL,
        note=note,
        actor=actor,
        at=at,
    )
    return alarm


@transaction.atomic
def mark_false(
    alarm_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Alarm:
    """End an alarm that was none, whether somebody had answered it or not."""
    alarm = begin("mark_false", alarm_id, actor, seen=seen)
    _end(alarm, "mark_false", Outcome.FALSE, note=note, actor=actor, at=at)
    return alarm


def _end(alarm: Alarm, verb: str, outcome: str, *, note: str, actor: Actor, at: datetime) -> None:
    note = needed(verb, note)
    changed = {"reset_by", "reset_at", "reset_reason", "outcome", "due_at"}
    if alarm.answered_at is None:
        mark_answered(alarm, actor, at)
        changed |= set(ANSWERED_FIELDS)
    alarm.due_at = None
    alarm.reset_by_id, alarm.reset_at, alarm.reset_reason = actor.user_id, at, note
    alarm.outcome = outcome
    facts = {"outcome": outcome, "count": alarm.count}
    finish(alarm, verb, actor=actor.user_id, at=at, changed=changed, note=note, facts=facts)
