"""Make a roster with CP-SAT: needs first, then wishes and an even load.

Needs may be left open at a price above everything else, so that there is always an answer: where
the price is more than nothing and proved to be the least, there is no roster, and ``reasons`` says
why. All other rules are hard. Teams of different patrol areas never meet, so each area is solved
by itself.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from linli.patrol.rostering.problem import Pattern, Problem, Rules, Shift, Team, close

# Prices: a need left open, a wish denied, a step of unevenness (nights, weekends, hours).
_OPEN, _WISH, _NIGHTS, _WEEKENDS, _HOURS = 100_000, 200, 40, 25, 4

type Bools = dict[Shift, cp_model.IntVar]
# A sum of variables, or a number where nothing in it is open: the library's own type can't say so.
type Linear = Any


@dataclass(frozen=True, slots=True)
class Roster:
    """What was found.

    Attributes:
        shifts: who goes out when, in order.
        short: teams or skills that are missing, in all; 0: every need is met.
        proved: whether no roster leaves less open.
        seconds: how long it took.
    """

    shifts: tuple[Shift, ...]
    short: int
    proved: bool
    seconds: float


def solve(problem: Problem, *, seconds: float = 5.0, seed: int = 1, workers: int = 1) -> Roster:
    """Return the best roster found in ``seconds``; hard rules are never broken."""
    began = time.monotonic()
    first = _run(_Model(problem), seconds, seed, workers, only_needs=True)
    short, proved = first.short, first.proved
    left = max(0.3, seconds - (time.monotonic() - began))
    second = _run(_Model(problem, most_short=short), left, seed, workers, hint=first.shifts)
    found = second if second.shifts or not first.shifts else first
    return Roster(found.shifts, short, proved, time.monotonic() - began)


class _Model:
    """The model of one problem: a variable for each team, day and pattern that is possible."""

    def __init__(self, problem: Problem, most_short: int | None = None) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        # Nobody is sent out where nothing is needed: an even load is no reason to tire people.
        wanted = {(need.day, need.pattern) for need in problem.needs}
        self.out: Bools = {
            (team.key, day, pattern.code): self.model.new_bool_var("")
            for team in problem.teams
            for day in range(problem.days)
            for pattern in problem.patterns
            if team.fit(day) and (day, pattern.code) in wanted
        }
        for team in problem.teams:
            _keep_rules(self, team)
        self.open = _needs(self)
        if most_short is not None:
            self.model.add(sum(self.open) <= most_short)

    def of(self, team: Team, day: int, pattern: Pattern) -> cp_model.IntVar | int:
        """Return whether a team goes out: a variable, or what is known of days before."""
        if day < 0:
            return int((day, pattern.code) in team.before)
        return self.out.get((team.key, day, pattern.code), 0)

    def works(self, team: Team, day: int) -> list[cp_model.IntVar | int]:
        """Return a team's possible shifts of a day."""
        return [self.of(team, day, pattern) for pattern in self.problem.patterns]


def _keep_rules(model: _Model, team: Team) -> None:
    problem, rules = model.problem, model.problem.rules
    for day in range(problem.days):
        model.model.add_at_most_one(model.out[key] for key in _keys(model, team, day))
        _rest(model, team, day)
        window = range(day - 6, day + 1)
        worked = sum(sum(model.works(team, one)) for one in window)
        _at_most(model, worked, 7 - rules.free)
        night = [one for one in problem.patterns if one.night]
        run = range(day - rules.nights, day + 1)
        _at_most(
            model, sum(model.of(team, one, kind) for one in run for kind in night), rules.nights
        )
    for week in {problem.week(day) for day in range(problem.days)}:
        _week(model, team, week, rules)


def _keys(model: _Model, team: Team, day: int) -> list[Shift]:
    keys = [(team.key, day, pattern.code) for pattern in model.problem.patterns]
    return [key for key in keys if key in model.out]


def _rest(model: _Model, team: Team, day: int) -> None:
    """No shift of a day follows one of the days before too soon."""
    patterns, rest = model.problem.patterns, model.problem.rules.rest
    for second in patterns:
        later = model.of(team, day, second)
        for back in (1, 2):
            for first in patterns:
                if close(first, second, back, rest):
                    _at_most(model, model.of(team, day - back, first) + later, 1)


def _week(model: _Model, team: Team, week: int, rules: Rules) -> None:
    problem = model.problem
    days = [day for day in range(-7, problem.days) if problem.week(day) == week]
    minutes = sum(
        pattern.minutes * model.of(team, day, pattern)
        for day in days
        for pattern in problem.patterns
    )
    _at_most(model, minutes, rules.week_minutes)
    _at_most(model, sum(sum(model.works(team, day)) for day in days if day >= 0), team.weekly)


def _at_most(model: _Model, total: Linear, most: int) -> None:
    """Add ``total <= most``; what is settled before the period already is left alone."""
    if not isinstance(total, int):
        model.model.add(total <= most)


def _needs(model: _Model) -> list[cp_model.IntVar]:
    """Ask for every need; return how much of each stays open."""
    problem, opened = model.problem, []
    for need in problem.needs:
        out = [
            (team, model.out[key])
            for team in problem.teams
            if (key := (team.key, need.day, need.pattern)) in model.out
        ]
        wanted = [(need.teams, [variable for _team, variable in out])]
        wanted += [
            (count, [variable for team, variable in out if skill in team.skills[need.day]])
            for skill, count in need.skills.items()
        ]
        for count, variables in wanted:
            missing = model.model.new_int_var(0, max(count, 0), "")
            model.model.add(sum(variables) + missing >= count)
            opened.append(missing)
        most = max(need.teams, *need.skills.values(), 0)
        model.model.add(sum(variable for _team, variable in out) <= most)
    return opened


def _run(
    model: _Model, seconds: float, seed: int, workers: int,
    *, only_needs: bool = False, hint: Sequence[Shift] = (),
) -> Roster:  # fmt: skip
    if only_needs:
        # As few shifts as the needs ask for; any more would only tire people.
        model.model.minimize(_OPEN * sum(model.open))
    else:
        model.model.minimize(_price(model))
        chosen = set(hint)
        for key, variable in model.out.items():
            model.model.add_hint(variable, key in chosen)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    if not only_needs:
        solver.parameters.relative_gap_limit = 0.02
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Roster((), len(model.open), False, seconds)
    shifts = tuple(sorted(key for key, variable in model.out.items() if solver.value(variable)))
    short = sum(solver.value(one) for one in model.open)
    return Roster(shifts, short, status == cp_model.OPTIMAL or not short, seconds)


def _price(model: _Model) -> Linear:
    """Return the price of a roster: open needs, denied wishes, unevenness, and shifts at all."""
    known = {team.key: team for team in model.problem.teams}
    wishes = sum(
        known[key].denied(day) * _WISH * variable
        for (key, day, _code), variable in model.out.items()
        if known[key].denied(day)
    )
    price = _OPEN * sum(model.open) + wishes + 10 * sum(model.out.values())
    for kind in {team.kind for team in model.problem.teams}:
        price += _unevenness(model, [team for team in model.problem.teams if team.kind == kind])
    return price


def _unevenness(model: _Model, teams: Sequence[Team]) -> Linear:
    """Return the distance between the team with most and that with least, priced, three times."""
    problem = model.problem
    hour = 60

    def spread(own: Callable[[Team], Linear], most: int) -> Linear:
        highest = model.model.new_int_var(0, most, "")
        lowest = model.model.new_int_var(0, most, "")
        for team in teams:
            total = own(team)
            model.model.add(highest >= total)
            model.model.add(lowest <= total)
        return highest - lowest

    def counted(team: Team, kept: Callable[[int, Pattern], int]) -> Linear:
        return sum(
            kept(day, pattern) * model.of(team, day, pattern)
            for day in range(problem.days)
            for pattern in problem.patterns
        )

    many = problem.days + max(team.nights + team.weekends for team in teams)
    long = problem.days * 24 + max(team.minutes for team in teams) // hour
    nights = spread(lambda t: t.nights + counted(t, lambda _day, p: int(p.night)), many)
    weekends = spread(
        lambda t: t.weekends + counted(t, lambda day, _p: int(problem.is_weekend(day))), many
    )
    hours = spread(
        lambda t: t.minutes // hour + counted(t, lambda _day, p: p.minutes // hour), long
    )
    return _NIGHTS * nights + _WEEKENDS * weekends + _HOURS * hours


def solve_all(
    problems: Iterable[Problem], *, seconds: float, seed: int = 1, workers: int = 1
) -> list[Roster]:
    """Return a roster for each of several areas, ``seconds`` for all of them together."""
    waiting = list(problems)
    until = time.monotonic() + seconds
    found: list[Roster] = []
    for number, problem in enumerate(waiting):
        share = max(0.5, (until - time.monotonic()) / (len(waiting) - number))
        found.append(solve(problem, seconds=share, seed=seed, workers=workers))
    return found
