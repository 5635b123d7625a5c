"""Plan: a draft of who goes out when, by the rules; what can't be met is told with its reasons."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.patrol.actions.step import locked_area
from linli.patrol.choices import PlanState
from linli.patrol.models import PatrolArea, Plan, Seat, Shift, ShiftPattern
from linli.patrol.policy import leads_area, permit
from linli.patrol.queries.rostering import Asked, problem_for
from linli.patrol.rostering.problem import Shift as Line
from linli.patrol.rostering.reasons import reasons
from linli.patrol.rostering.seats import seat
from linli.patrol.rostering.solve import Roster, solve

LONGEST = 28
SECONDS = 6.0


@transaction.atomic
def plan_roster(
    area_id: UUID, *, starts: date, days: int, actor: Actor, at: datetime,
    seconds: float = SECONDS, seed: int = 1,
) -> Plan:  # fmt: skip
    """Make a draft for ``days`` days; a draft there was is dropped. Raises :class:`Invalid`."""
    area = locked_area(area_id, actor)
    permit(leads_area(actor, area))
    if not 1 <= days <= LONGEST:
        reason = _("A roster is made for 1 to %(most)d days.") % {"most": LONGEST}
        raise Invalid(reason, {"days": reason})
    if starts <= timezone.localdate(at):
        reason = _("Today is under way: a roster begins tomorrow or later.")
        raise Invalid(reason, {"starts": reason})
    asked = problem_for(area, starts, starts + timedelta(days=days - 1))
    if not asked.teams or not asked.problem.needs:
        raise Invalid(
            _("Nothing can be planned yet."),
            {"starts": _("First say which teams there are and how many each shift needs.")},
        )
    roster = solve(asked.problem, seconds=seconds, seed=seed)
    return keep_draft(area, asked, roster, by=actor.user_id, at=at)


def keep_draft(
    area: PatrolArea, asked: Asked, roster: Roster, *, by: UUID | None, at: datetime
) -> Plan:
    """Save a roster as the area's draft, with the crew of each shift."""
    Plan.objects.filter(patrol_area=area, state=PlanState.DRAFT).delete()
    plan = Plan(
        patrol_area=area, starts=asked.days[0], ends=asked.days[-1], made_at=at, made_by_id=by,
        open_needs=_told(asked, roster), proved=roster.proved, seconds=round(roster.seconds, 1),
    )  # fmt: skip
    plan.save(force_insert=True)
    _save_shifts(plan, asked, roster.shifts)
    facts = {
        "area": str(area.id), "starts": plan.starts, "ends": plan.ends,
        "shifts": len(roster.shifts), "open": roster.short,
    }  # fmt: skip
    record("patrol_plan", plan.id, "patrol.plan", actor=by, at=at, facts=facts)
    return plan


def _told(asked: Asked, roster: Roster) -> list[dict[str, Any]]:
    return [
        {
            "date": asked.days[one.day].isoformat(), "pattern": one.pattern, "skill": one.skill,
            "missing": one.missing, "kept": [list(pair) for pair in one.kept],
        }
        for one in reasons(asked.problem, roster.shifts)
    ]  # fmt: skip


def _save_shifts(plan: Plan, asked: Asked, lines: tuple[Line, ...]) -> None:
    kinds = {one.code: one for one in ShiftPattern.objects.all()}
    wanted = {(need.day, need.pattern): set(need.skills) for need in asked.problem.needs}
    denied: dict[str, int] = {}
    shifts, seats = [], []
    for key, day, code in lines:
        shift = new_shift(plan, asked.teams[key].id, kinds[code], asked.days[day])
        shifts.append(shift)
        team = asked.teams[key]
        crew = seat(asked.crews[key, day], team.strength, wanted.get((day, code), ()), denied)
        for one in crew.denied:
            denied[one] = denied.get(one, 0) + 1
        seats += [Seat(shift=shift, team=team, user_id=UUID(one)) for one in crew.going]
    Shift.objects.bulk_create(shifts)
    Seat.objects.bulk_create(seats)


def new_shift(plan: Plan, team: UUID, kind: ShiftPattern, day: date) -> Shift:
    """Return a shift of a roster that is not saved yet, with its moments in the city's time."""
    midnight = datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
    return Shift(
        plan=plan, patrol_area_id=plan.patrol_area_id, team_id=team, pattern=kind, date=day,
        starts_at=midnight + timedelta(minutes=kind.begins),
        ends_at=midnight + timedelta(minutes=kind.ends),
    )  # fmt: skip
