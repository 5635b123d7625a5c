"""Hand on: another desk shall answer."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alarms.actions.step import begin, finish, needed
from linli.alarms.models import Alarm
from linli.alarms.queries.desks import desks_of
from linli.kernel.errors import Invalid


@transaction.atomic
def hand_on(
    alarm_id: UUID, *, to: str, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Alarm:
    """Hand an alarm on to the desk of the area ``to``, which must lie above the alarm's place.

    Its clock starts anew there. Raises ``Invalid`` for a desk that does not answer for the place.
    """
    alarm = begin("hand_on", alarm_id, actor, seen=seen)
    note = needed("hand_on", note)
    seconds = {desk.area: desk.seconds for desk in desks_of(alarm.area_id, at)}
    if to not in seconds or to == alarm.desk:
        sentence = _("Choose a desk that answers for this place.")
        raise Invalid(sentence, {"to": sentence})
    before, alarm.desk = alarm.desk, to
    alarm.due_at = None if alarm.is_test else at + timedelta(seconds=seconds[to])
    alarm.climbs = 0
    finish(
        alarm, "hand_on", actor=actor.user_id, at=at, note=note,
        changed=("desk", "due_at", "climbs"), facts={"from": before, "desk": to},
    )  # fmt: skip
    return alarm
