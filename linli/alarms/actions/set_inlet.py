"""Open and end doors for messages of other systems."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alarms.models import Inlet
from linli.alarms.policy import permit_connect
from linli.alarms.warning_choices import InletSort
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound

PREFIX = "linli_alarm_"


def digest_of(token: str) -> bytes:
    """Return the 32 bytes under which a token is kept."""
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def open_inlet(sort: str, *, name: str, area: str, actor: Actor, at: datetime) -> tuple[Inlet, str]:
    """Open a door; returns it with its token, which is never shown again."""
    permit_connect(actor)
    if sort not in InletSort.values:
        raise Invalid(_("There is no such door."), {"sort": _("Choose one.")})
    if not name.strip():
        raise Invalid(_("A name is missing."), {"name": _("Give it a name.")})
    token = PREFIX + secrets.token_urlsafe(32)
    inlet = Inlet(
        sort=sort, name=name.strip()[:60], area=find_area(area), digest=digest_of(token), made_at=at
    )
    inlet.save(force_insert=True)
    facts = {"sort": sort, "area": inlet.area_id}
    record("inlet", inlet.id, "alarm.open_inlet", actor=actor.user_id, at=at, facts=facts)
    return inlet, token


@transaction.atomic
def end_inlet(inlet_id: UUID, *, actor: Actor, at: datetime) -> None:
    """End a door: its token is good for nothing from now on."""
    permit_connect(actor)
    inlet = Inlet.objects.select_for_update().filter(pk=inlet_id, ended_at=None).first()
    if inlet is None:
        raise NotFound(_("There is no such door."))
    inlet.ended_at = at
    inlet.save(update_fields=["ended_at"])
    record("inlet", inlet.id, "alarm.end_inlet", actor=actor.user_id, at=at)
