"""Ask whether a saved roster keeps to every rule: as a whole, or for one member's shifts."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from linli.patrol.models import Plan, Seat, ShiftPattern
from linli.patrol.queries.rostering import problem_for, rules
from linli.patrol.rostering.checker import Broken, check, check_one
from linli.patrol.rostering.problem import Pattern

# So far to both sides of a day its rules reach.
AROUND = timedelta(days=10)


def broken_rules(plan: Plan) -> list[Broken]:
    """Return the rules a saved roster breaks as things stand now."""
    asked = problem_for(plan.patrol_area, plan.starts, plan.ends)
    rows = plan.shifts.values_list("team", "date", "pattern")
    shifts = [(str(team), (day - plan.starts).days, code) for team, day, code in rows]
    if any(key not in asked.teams for key, _day, _code in shifts):
        return [Broken("team", "")]
    return check(asked.problem, shifts)


def broken_for(
    user: UUID, day: date, *, without: Iterable[UUID] = (),
    more: Iterable[tuple[date, ShiftPattern]] = (),
) -> list[Broken]:  # fmt: skip
    """Return the rules a member's shifts around ``day`` would break.

    ``without`` are seats they give away, ``more`` are shifts they would take on.
    """
    rows = Seat.objects.filter(
        user=user, shift__published=True, shift__date__range=(day - AROUND, day + AROUND)
    ).exclude(pk__in=list(without))
    first = day - AROUND
    timed = [
        ((when - first).days, _pattern(kind))
        for when, kind in [
            *((seat.shift.date, seat.shift.pattern) for seat in
              rows.select_related("shift__pattern")),
            *more,
        ]
    ]  # fmt: skip
    found = check_one(timed, rules(), first.weekday())
    twice = len({when for when, _kind in timed}) < len(timed)
    return [*found, Broken("twice", str(user))] if twice else found


def _pattern(kind: ShiftPattern) -> Pattern:
    return Pattern(kind.code, kind.begins, kind.ends, kind.night)
