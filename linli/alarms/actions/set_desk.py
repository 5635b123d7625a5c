"""Set a desk: whether alarms ring in an area's centre, for how long, and whom to phone there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alarms.models import Desk
from linli.alarms.policy import permit_keep_desks
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.kernel.errors import Invalid

SHORTEST, LONGEST = 5, 600
LEVELS = (4, 6, 9, 12)


@transaction.atomic
def set_desk(
    area: str, *, is_on: bool, seconds: int, phone: str, actor: Actor, at: datetime
) -> Desk:
    """Set the alarm desk of ``area``; the city's rings in any case."""
    permit_keep_desks(actor, area)
    code = find_area(area).code
    if len(code) not in LEVELS:
        raise Invalid(_("There is no alarm desk at this level."))
    if not SHORTEST <= seconds <= LONGEST:
        sentence = _("From %(least)d to %(most)d seconds.") % {"least": SHORTEST, "most": LONGEST}
        raise Invalid(sentence, {"seconds": sentence})
    values = {"is_on": is_on, "seconds": seconds, "phone": phone.strip()[:30]}
    desk, _new = Desk.objects.update_or_create(area_id=code, defaults=values)
    facts = {"is_on": is_on, "seconds": seconds}
    record("area", code, "alarm.set_desk", actor=actor.user_id, at=at, facts=facts)
    return desk
