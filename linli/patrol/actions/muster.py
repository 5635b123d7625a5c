"""Muster: a team whose rostered shift has begun is on duty for dispatch too, until it ends."""

from datetime import datetime

from linli.accounts.actor import SYSTEM
from linli.dispatch.actions.duty import begin_shift
from linli.dispatch.choices import Status
from linli.dispatch.models import DispatchUnit
from linli.dispatch.models import Shift as Turn
from linli.kernel.errors import Refused
from linli.patrol.models import Shift


def muster(*, at: datetime) -> int:
    """Put the units of teams that are out on duty; return how many. Called by the worker.

    Once a shift: a unit that somebody took off duty in it stays off. Dispatch ends its turns itself.
    """
    out = Shift.objects.filter(published=True, starts_at__lte=at, ends_at__gt=at)
    begun = 0
    for unit, starts, ends in out.values_list("team__unit", "starts_at", "ends_at"):
        known = DispatchUnit.objects.filter(
            team=unit, retired_at=None, status=Status.OFF_DUTY
        ).first()
        if known is None or Turn.objects.filter(unit=known, starts__gte=starts).exists():
            continue
        try:
            begin_shift(known.id, until=ends, actor=SYSTEM, at=at)
        except Refused:
            continue  # somebody was faster; the next minute looks again
        begun += 1
    return begun
