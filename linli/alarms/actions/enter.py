"""Enter: a dispatcher types in what a caller says; it stands in the queue like any other alarm."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alarms.actions.answer import answer_alarm
from linli.alarms.actions.take import Report, take_signal
from linli.alarms.choices import Kind, Source
from linli.alarms.models import Alarm
from linli.alarms.policy import ANSWERING
from linli.areas.queries import area as find_area
from linli.kernel.crypto import seal
from linli.kernel.errors import Invalid, NotPermitted
from linli.kernel.ids import new_id
from linli.kernel.row_security import unscoped

LONGEST_PLACE, LONGEST_TEXT = 120, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What was told. ``key`` is the form's own: sent twice it makes one alarm.

    ``phone`` is kept sealed; degrees are WGS-84; ``source`` is a call or a colleague on the spot.
    """

    key: str
    kind: str
    area: str
    place: str = ""
    text: str = ""
    phone: str = ""
    premises: UUID | None = None
    longitude: float | None = None
    latitude: float | None = None
    source: str = Source.CALL


@transaction.atomic
def enter_call(call: Call, *, actor: Actor, at: datetime) -> Alarm:
    """Put a call into the queue, answered by who typed it in.

    Raises ``NotPermitted`` outside the actor's areas, ``Invalid`` for an unknown kind or area.
    """
    if call.kind not in Kind.values:
        raise Invalid(_("Say what it is about."), {"kind": _("Choose one.")})
    area = find_area(call.area)
    if not actor.reaches(area.code, ANSWERING):
        raise NotPermitted(
            _("This place is outside your area."), _("Hand the call to the desk of that place.")
        )
    if call.longitude is not None and not -180 <= call.longitude <= 180:
        raise Invalid(_("This point is not on earth."))
    if call.latitude is not None and not -90 <= call.latitude <= 90:
        raise Invalid(_("This point is not on earth."))
    alarm_id = new_id()
    sealed = seal({"phone": call.phone}, alarm_id.bytes) if call.phone else None
    key = f"call:{actor.user_id}:{call.key}"[:120]
    report = Report(
        key=key, digest=hashlib.sha256(key.encode()).digest(), source=call.source, kind=call.kind,
        area=area.code, raised_at=at, premises=call.premises, place=call.place[:LONGEST_PLACE],
        latitude=call.latitude, longitude=call.longitude, text=call.text[:LONGEST_TEXT],
        sealed=sealed, id=alarm_id,
    )  # fmt: skip
    with unscoped():
        taken = take_signal(report, at=at, actor=actor.user_id)
    if taken.verb == "raise":
        return answer_alarm(taken.alarm, actor=actor, at=at)
    return Alarm.objects.get(pk=taken.alarm)
