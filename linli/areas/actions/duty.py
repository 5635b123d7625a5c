"""The duty roster of a centre: put a person on it, or take a turn off."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.queries import works_in
from linli.areas.actions.step import begin_unit
from linli.areas.models import SHIFTS, Duty
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound

MOST_DAYS = 62


@transaction.atomic
def plan_duty(
    unit_id: UUID, *, user: UUID, starts: date, ends: date, shift: str, actor: Actor, at: datetime
) -> int:
    """Put a person of the unit on duty from ``starts`` to ``ends``; returns the turns added.

    Turns the person has already stay as they are.
    """
    unit = begin_unit(unit_id, actor)
    if shift not in dict(SHIFTS):
        raise Invalid(_("There is no such shift."), {"shift": _("Choose a shift.")})
    days = (ends - starts).days + 1
    if not 1 <= days <= MOST_DAYS:
        reason = _("A plan covers 1 to %(most)d days.") % {"most": MOST_DAYS}
        raise Invalid(reason, {"ends": reason})
    if not works_in(user, unit.id, at):
        reason = _("This person does not work in %(unit)s.") % {"unit": unit.name}
        raise Invalid(reason, {"user": reason})
    turns = [
        Duty(unit=unit, user_id=user, date=starts + timedelta(days=day), shift=shift)
        for day in range(days)
    ]
    before = Duty.objects.filter(unit=unit, user=user).count()
    Duty.objects.bulk_create(turns, ignore_conflicts=True)
    facts = {"user": str(user), "starts": starts, "ends": ends, "shift": shift}
    record("unit", unit.id, "unit.plan_duty", actor=actor.user_id, at=at, facts=facts)
    return Duty.objects.filter(unit=unit, user=user).count() - before


@transaction.atomic
def cancel_duty(duty_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take one turn off the roster."""
    duty = Duty.objects.filter(pk=duty_id).first()
    if duty is None:
        raise NotFound(_("This turn is not on the roster any more."))
    begin_unit(duty.unit_id, actor)
    duty.delete()
    facts = {"user": str(duty.user_id), "date": duty.date, "shift": duty.shift}
    record("unit", duty.unit_id, "unit.cancel_duty", actor=actor.user_id, at=at, facts=facts)
