"""Muster: a team whose rostered shift has begun is on duty for dispatch too, until it ends."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from linli.accounts.actor import SYSTEM
from linli.dispatch.actions.begin_shift import Crew, begin_shift
from linli.dispatch.choices import Status
from linli.dispatch.models import Shift as Turn
from linli.kernel.errors import Refused
from linli.patrol.models import Member, Seat, Shift, Skill


def muster(*, at: datetime) -> int:
    """Put the units of teams that are out on duty; return how many. Called by the worker.

    Those who have a seat are the unit's crew, and what they can is what it can. Once a shift: a
    unit that somebody took off duty in it stays off. Dispatch ends its turns itself.
    """
    waiting = list(_waiting(at))
    if not waiting:
        return 0
    crews = _crews_of(waiting)
    known = dict(Skill.objects.exclude(counts_as="").values_list("code", "counts_as"))
    begun = 0
    for shift in waiting:
        unit = shift.team.unit.dispatch_unit
        people = crews.get(shift.id, {})
        can = {known[code] for skills in people.values() for code in skills if code in known}
        # What was written by hand stays, but for what a roster knows better.
        crew = Crew(people, (set(unit.skills) - set(known.values())) | can)
        try:
            begin_shift(unit.id, until=shift.ends_at, actor=SYSTEM, at=at, crew=crew)
        except Refused:
            continue  # somebody was faster; the next minute looks again
        begun += 1
    return begun


def _waiting(at: datetime) -> QuerySet[Shift]:
    """Return the shifts under way whose unit is off duty and had no turn in them yet."""
    turns = Turn.objects.filter(
        unit__team=OuterRef("team__unit"), starts__gte=OuterRef("starts_at")
    )
    out = Shift.objects.filter(
        published=True, starts_at__lte=at, ends_at__gt=at,
        team__unit__dispatch_unit__status=Status.OFF_DUTY,
        team__unit__dispatch_unit__retired_at=None,
    )  # fmt: skip
    return out.exclude(Exists(turns)).select_related("team__unit__dispatch_unit")


def _crews_of(shifts: Sequence[Shift]) -> dict[UUID, dict[UUID, list[str]]]:
    """Return by shift who has a seat in it, each with what they can (codes of patrols' skills)."""
    seats = list(Seat.objects.filter(shift__in=shifts).values_list("shift", "user"))
    members = Member.objects.filter(left_on=None, user__in={user for _shift, user in seats})
    able = dict(members.values_list("user", "skills"))
    found: dict[UUID, dict[UUID, list[str]]] = {}
    for shift, user in seats:
        found.setdefault(shift, {})[user] = able.get(user, [])
    return found
