"""Open for an alarm: one press answers it, makes its case, and opens the incident."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alarms.actions.make_case import make_case
from linli.alarms.choices import Kind as AlarmKind
from linli.alarms.models import Alarm
from linli.alarms.policy import visible_to as alarms_seen_by
from linli.cases.models import Case
from linli.dispatch.actions.open_incident import Told, kind_named, open_with
from linli.dispatch.models import Incident
from linli.dispatch.policy import permit_dispatch
from linli.kernel.errors import NotFound

# What an alarm is about → the kind of incident proposed for it; the dispatcher may choose another.
KINDS: Mapping[str, str] = {
    AlarmKind.ONE_KEY: "intrusion",
    AlarmKind.HELP: "other",
    AlarmKind.VIOLENCE: "violence",
    AlarmKind.FIRE: "fire",
    AlarmKind.MEDICAL: "injury",
    AlarmKind.ACCIDENT: "traffic",
    AlarmKind.GAS: "gas",
    AlarmKind.WATER: "disaster",
    AlarmKind.INTRUSION: "intrusion",
    AlarmKind.MISSING: "missing",
    AlarmKind.SENSOR: "facility",
    AlarmKind.WARNING: "disaster",
}


@transaction.atomic
def open_for_alarm(
    alarm_id: UUID, *, actor: Actor, at: datetime, kind: str = "", brief: str = "",
    priority: int | None = None, answers: Mapping[str, str] | None = None,
) -> Incident:  # fmt: skip
    """Answer the alarm if nobody has, and open its incident; asked again, the first one stands.

    ``kind`` empty: the one that goes with the alarm. Raises as ``make_case`` and ``open_incident``.
    """
    if first := Incident.objects.filter(alarm=alarm_id).first():
        return first
    seen = Alarm.objects.filter(alarms_seen_by(actor), pk=alarm_id).select_for_update(of=("self",))
    alarm = seen.first()
    if alarm is None:
        raise NotFound(_("There is no such alarm here."))
    permit_dispatch(actor, alarm.area_id)
    chosen = kind_named(kind or kind_for(alarm))
    answered = make_case(alarm_id, actor=actor, at=at)
    point = point_of(alarm)
    told = Told(
        kind=chosen.code, area=alarm.area_id, channel=_case_of(answered).channel, place=alarm.place,
        longitude=point[0], latitude=point[1], brief=brief, text=alarm.text,
        priority=priority, answers=answers or {}, received_at=min(alarm.received_at, at),
        answered_at=answered.answered_at, alarm=alarm.id,
    )  # fmt: skip

    def case() -> Case:
        return _case_of(answered)

    return open_with(told, chosen, case, actor=actor, at=at)


def point_of(alarm: Alarm) -> tuple[float | None, float | None]:
    """Return where an alarm is (longitude, latitude): its own point, its device's, its premises'."""
    for one in (alarm, alarm.device, alarm.premises):
        if one is not None and one.longitude is not None:
            return one.longitude, one.latitude
    return None, None


def kind_for(alarm: Alarm) -> str:
    """Return the kind of incident that goes with an alarm."""
    return KINDS.get(alarm.kind, "other")


def _case_of(alarm: Alarm) -> Case:
    return Case.objects.select_related("holder").get(alarm=alarm)
