"""Why a need stays open: for each, how many teams can't and for which reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from linli.patrol.rostering.checker import check_one, unmet
from linli.patrol.rostering.problem import Problem, Shift, Team

# What keeps a team back, in the order in which it is asked.
LEAVE, BUSY, UNSKILLED, ENOUGH = "leave", "busy", "unskilled", "weekly"


@dataclass(frozen=True, slots=True)
class Reason:
    """One need that is not met.

    Attributes:
        day, pattern: of which shift.
        skill: what nobody can who could come; empty: teams are missing, whatever they can.
        missing: how many.
        kept: for each reason (leave, busy, rest, nights, free, hours, weekly, unskilled) how many
            teams it keeps back.
    """

    day: int
    pattern: str
    skill: str
    missing: int
    kept: tuple[tuple[str, int], ...]


def reasons(problem: Problem, shifts: Sequence[Shift]) -> list[Reason]:
    """Return why each open need of a roster stays open, in order of the days."""
    missing = Counter((one.day, one.pattern, one.skill) for one in unmet(problem, shifts))
    found = []
    for (day, code, skill), count in sorted(missing.items(), key=str):
        if day is None:
            continue
        kept = Counter(
            why
            for team in problem.teams
            if (why := _why(problem, shifts, team, (team.key, day, code), skill))
        )
        found.append(Reason(day, code, skill, count, tuple(kept.most_common())))
    return sorted(found, key=lambda one: (one.day, problem.pattern(one.pattern).begins))


def _why(
    problem: Problem, shifts: Sequence[Shift], team: Team, wanted: Shift, skill: str
) -> str | None:
    """Return what keeps a team from a shift; None for one that is on it already and helps."""
    _key, day, code = wanted
    if not team.fit(day):
        return LEAVE
    if skill and skill not in team.skills[day]:
        return UNSKILLED
    if wanted in shifts:
        return None
    own = [(when, what) for key, when, what in shifts if key == team.key]
    if any(when == day for when, _what in own):
        return BUSY
    week = problem.week(day)
    if sum(problem.week(when) == week for when, _what in own) >= team.weekly:
        return ENOUGH
    timed = [(when, problem.pattern(what)) for when, what in (*team.before, *own)]
    with_it = [*timed, (day, problem.pattern(code))]
    before = {(one.rule, one.day) for one in check_one(timed, problem.rules, problem.weekday)}
    fresh = [
        one
        for one in check_one(with_it, problem.rules, problem.weekday)
        if (one.rule, one.day) not in before
    ]
    return fresh[0].rule if fresh else BUSY
