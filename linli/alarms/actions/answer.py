"""Answer: somebody has seen the alarm and looks after it; its clock stops."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.alarms.actions.step import begin, finish
from linli.alarms.models import Alarm


@transaction.atomic
def answer_alarm(alarm_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None) -> Alarm:
    """Answer an alarm that waits."""
    alarm = begin("answer", alarm_id, actor, seen=seen)
    mark_answered(alarm, actor, at)
    finish(
        alarm, "answer", actor=actor.user_id, at=at, changed=ANSWERED_FIELDS,
        facts={"seconds": (at - alarm.received_at).total_seconds(), "climbs": alarm.climbs},
    )  # fmt: skip
    return alarm


ANSWERED_FIELDS = ("answered_by", "answered_at", "due_at")


def mark_answered(alarm: Alarm, actor: Actor, at: datetime) -> None:
    """Note who answered, and stop the clock; the caller saves."""
    alarm.answered_by_id, alarm.answered_at, alarm.due_at = actor.user_id, at, None
