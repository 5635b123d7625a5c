"""A patrol area's roster as a problem: what the rows say, in the solver's words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from linli.patrol.models import PatrolArea, RosterRules, Shift, ShiftNeed, ShiftPattern, Team
from linli.patrol.queries.people import Presence, days_between, teams_of
from linli.patrol.rostering import seats
from linli.patrol.rostering.problem import Need, Pattern, Problem, Rules
from linli.patrol.rostering.problem import Team as Crew

# Fairness looks back so many days, rest so many.
REMEMBERED, RESTED = 28, 7


@dataclass(frozen=True, slots=True)
class Asked:
    """The problem of some days, and who is behind it.

    ``crews`` holds for each team and day who is there; ``teams`` the teams by their key.
    """

    problem: Problem
    teams: dict[str, Team]
    days: list[date]
    crews: dict[tuple[str, int], list[seats.Member]]


def patterns() -> tuple[Pattern, ...]:
    """Return the kinds of shifts in use, in order of their hours."""
    rows = ShiftPattern.objects.filter(retired=False)
    return tuple(Pattern(one.code, one.begins, one.ends, one.night) for one in rows)


def rules() -> Rules:
    """Return the city's rules of rest."""
    row = RosterRules.objects.get(pk=1)
    return Rules(row.rest_hours * 60, row.nights, row.free_days, row.week_hours * 60)


def problem_for(area: PatrolArea, starts: date, ends: date) -> Asked:
    """Return the roster to be made for a patrol area from ``starts`` to ``ends``."""
    days, teams, kinds = days_between(starts, ends), teams_of(area), patterns()
    presence = Presence(teams, days)
    past = _past(area, starts)
    crews = {
        (str(team.id), number): presence.of(team, day)
        for team in teams
        for number, day in enumerate(days)
    }
    made = [
        _crew(team, crews, days=len(days), past=past[team.id], starts=starts, kinds=kinds)
        for team in teams
    ]
    problem = Problem(
        len(days), kinds, tuple(made), tuple(_needs(area, days, kinds)), rules(),
        weekday=starts.weekday(),
    )  # fmt: skip
    return Asked(problem, {str(team.id): team for team in teams}, days, crews)


def _past(area: PatrolArea, starts: date) -> defaultdict[UUID, list[tuple[date, str]]]:
    found: defaultdict[UUID, list[tuple[date, str]]] = defaultdict(list)
    rows = Shift.objects.filter(
        patrol_area=area, published=True, date__lt=starts,
        date__gte=starts - timedelta(days=REMEMBERED),
    )  # fmt: skip
    for team, day, code in rows.values_list("team", "date", "pattern"):
        found[team].append((day, code))
    return found


def _crew(
    team: Team, crews: dict[tuple[str, int], list[seats.Member]], *, days: int,
    past: list[tuple[date, str]], starts: date, kinds: tuple[Pattern, ...],
) -> Crew:  # fmt: skip
    key = str(team.id)
    there = [crews[key, number] for number in range(days)]
    known = {one.code: one for one in kinds}
    kept = [(day, known[code]) for day, code in past if code in known]
    return Crew(
        key,
        present=[len(members) for members in there],
        skills=[frozenset().union(*(one.skills for one in members)) for members in there],
        wishes=[sum(one.wants_off for one in members) for members in there],
        strength=team.strength,
        weekly=team.weekly,
        kind=team.kind,
        before=tuple(
            ((day - starts).days, one.code) for day, one in kept if (starts - day).days <= RESTED
        ),
        nights=sum(one.night for _day, one in kept),
        weekends=sum(day.weekday() >= 5 for day, _one in kept),
        minutes=sum(one.minutes for _day, one in kept),
    )


def _needs(area: PatrolArea, days: list[date], kinds: tuple[Pattern, ...]) -> list[Need]:
    """Return what is needed on each day: what a weekday has of its own stands before the rest."""
    rows = {
        (need.pattern_id, need.weekday): need for need in ShiftNeed.objects.filter(patrol_area=area)
    }
    found = []
    for number, day in enumerate(days):
        for kind in kinds:
            need = rows.get((kind.code, day.weekday())) or rows.get((kind.code, None))
            if need is not None and need.teams:
                found.append(Need(number, kind.code, need.teams, dict(need.skills)))
    return found
