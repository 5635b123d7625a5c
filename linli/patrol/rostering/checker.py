"""Whether a roster keeps to the rules. Written apart from the solver: it looks at shifts, one by one.

The same rules are asked of a member's own shifts when two of them swap.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linli.patrol.rostering.problem import DAY, Pattern, Problem, Rules, Shift


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is broken: which (a word), whose, and on which day (None: of the whole)."""

    rule: str
    whose: str
    day: int | None = None
    pattern: str = ""
    skill: str = ""


def check(problem: Problem, shifts: Sequence[Shift]) -> list[Broken]:
    """Return every rule a roster breaks, needs included; an empty list: none."""
    found: list[Broken] = []
    patterns = {one.code: one for one in problem.patterns}
    for team in problem.teams:
        own = [(day, code) for key, day, code in shifts if key == team.key]
        timed = [(day, patterns[code]) for day, code in (*team.before, *own)]
        for broken in check_one(timed, problem.rules, problem.weekday):
            if broken.day is None or broken.day >= 0:
                found.append(Broken(broken.rule, team.key, broken.day))
        for day, _code in own:
            if not 0 <= day < problem.days:
                found.append(Broken("period", team.key, day))
            elif team.present[day] < team.strength:
                found.append(Broken("strength", team.key, day))
        weeks = Counter((day + problem.weekday) // 7 for day, _code in own)
        found += [Broken("weekly", team.key) for count in weeks.values() if count > team.weekly]
    return found + unmet(problem, shifts)


def check_one(
    shifts: Iterable[tuple[int, Pattern]], rules: Rules, weekday: int = 0
) -> list[Broken]:
    """Return the rules that one person's or team's shifts break: rest, nights, free days, hours."""
    ordered = sorted(shifts, key=lambda one: one[0] * DAY + one[1].begins)
    found = [
        Broken("rest", "", day)
        for (before, first), (day, second) in pairwise(ordered)
        if day * DAY + second.begins - (before * DAY + first.ends) < rules.rest
    ]
    nights = sorted({day for day, pattern in ordered if pattern.night})
    run = 0
    for number, day in enumerate(nights):
        run = run + 1 if number and nights[number - 1] == day - 1 else 1
        if run > rules.nights:
            found.append(Broken("nights", "", day))
    worked = {day for day, _pattern in ordered}
    for day in sorted(worked):
        if sum(other in worked for other in range(day - 6, day + 1)) > 7 - rules.free:
            found.append(Broken("free", "", day))
    minutes: Counter[int] = Counter()
    for day, pattern in ordered:
        minutes[(day + weekday) // 7] += pattern.minutes
    found += [
        Broken("hours", "", max(day for day in worked if (day + weekday) // 7 == week))
        for week, total in minutes.items()
        if total > rules.week_minutes
    ]
    return found


def unmet(problem: Problem, shifts: Sequence[Shift]) -> list[Broken]:
    """Return what is wanted and not there: too few teams, or none with a skill."""
    found: list[Broken] = []
    known = {team.key: team for team in problem.teams}
    for need in problem.needs:
        out = [known[key] for key, day, code in shifts if (day, code) == (need.day, need.pattern)]
        found += [Broken("teams", "", need.day, need.pattern)] * max(0, need.teams - len(out))
        for skill, wanted in need.skills.items():
            able = sum(skill in team.skills[need.day] for team in out)
            short = Broken("skill", "", need.day, need.pattern, skill)
            found += [short] * max(0, wanted - able)
    return found
