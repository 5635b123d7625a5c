"""End a shift: the unit can't be sent any more, and where it was is forgotten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import SYSTEM, Actor
from linli.dispatch.actions.duty import has_nothing_to_do, set_status, unit_on_duty_by
from linli.dispatch.choices import Status
from linli.dispatch.models import DispatchUnit, Sharing, Shift, Spot
from linli.kernel.errors import IllegalMove


@transaction.atomic
def end_shift(unit_id: UUID, *, actor: Actor, at: datetime) -> DispatchUnit:
    """Take a unit off duty: its phones stop telling where it is, and its place is forgotten.

    What it can is again what it could before its crew came.
    """
    unit = unit_on_duty_by(unit_id, actor)
    has_nothing_to_do(unit)
    shift = Shift.objects.filter(unit=unit, ended_at=None).first()
    if shift is not None:
        shift.ended_at = at
        shift.save(update_fields=["ended_at"])
        # The crew goes home with what it can; what was written by hand since stays.
        unit.skills = sorted((set(unit.skills) - set(shift.gained)) | set(shift.lost))
    Sharing.objects.filter(unit=unit, until=None).update(until=at)
    Spot.objects.filter(unit=unit).delete()
    unit.standby = None
    set_status(unit, Status.OFF_DUTY, "end_shift", actor=actor, at=at)
    return unit


def end_due_shifts(*, at: datetime, most: int = 200) -> int:
    """End the shifts whose time is up, of units that are not out; return how many."""
    due = Shift.objects.filter(ended_at=None, ends__lte=at).order_by("ends")
    free = due.filter(unit__status__in=[Status.AVAILABLE, Status.OFF_DUTY, Status.OUT_OF_SERVICE])
    ended = 0
    for unit in free.values_list("unit", flat=True)[:most]:
        try:
            end_shift(unit, actor=SYSTEM, at=at)
        except IllegalMove:
            # It was sent meanwhile: the shift ends when it is back.
            continue
        ended += 1
    return ended
