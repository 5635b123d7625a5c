"""Begin a shift: the unit can be sent from now on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.duty import set_status, unit_on_duty_by
from linli.dispatch.choices import Status
from linli.dispatch.models import Shift
from linli.kernel.errors import IllegalMove, Invalid

LONGEST_SHIFT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who is on a shift by a roster, and what the unit can with them (codes of skills)."""

    people: Collection[UUID]
    skills: Collection[str]


@transaction.atomic
def begin_shift(
    unit_id: UUID, *, until: datetime, actor: Actor, at: datetime, crew: Crew | None = None
) -> Shift:
    """Put a unit on duty, ``until`` then.

    With a ``crew`` those people are told when it is sent, instead of everybody in the team, and
    their skills are the unit's until the shift ends.
    """
    unit = unit_on_duty_by(unit_id, actor)
    if unit.status != Status.OFF_DUTY:
        raise IllegalMove(_("This unit is not off duty."))
    if not at < until <= at + LONGEST_SHIFT:
        sentence = _("A shift ends after now and within 24 hours.")
        raise Invalid(sentence, {"until": sentence})
    shift = Shift(unit=unit, starts=at, ends=until, begun_by_id=actor.user_id)
    facts: dict[str, object] = {"until": until.isoformat()}
    if crew is not None:
        shift.crew = sorted(crew.people, key=str)
        had, can = set(unit.skills), set(crew.skills)
        shift.gained, shift.lost = sorted(can - had), sorted(had - can)
        unit.skills = sorted(can)
        facts |= {"crew": len(shift.crew), "skills": unit.skills}
    shift.save(force_insert=True)
    set_status(unit, Status.AVAILABLE, "begin_shift", actor=actor, at=at, facts=facts)
    return shift
