"""What a roster has to keep to: teams, shifts, needs and rules, as plain data.

Days are whole numbers from 0, the first day of the period; those before it are negative. Minutes of
a shift count from the midnight it begins after, so a night from 23:00 to 07:00 is 1380 to 1860.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

DAY = 1440


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of shift: when it begins and ends (minutes), and whether it counts as a night."""

    code: str
    begins: int
    ends: int
    night: bool = False

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class Rules:
    """What no roster may break. The defaults are the Labour Law's, and custom where it is silent.

    Attributes:
        rest: least minutes between two shifts of one team.
        nights: most nights in a row.
        free: free days in any seven days that follow each other.
        week_minutes: most minutes in a calendar week.
    """

    rest: int = 11 * 60
    nights: int = 3
    free: int = 1
    week_minutes: int = 44 * 60


@dataclass(frozen=True, slots=True)
class Team:
    """A team as the roster sees it.

    Attributes:
        present: for each day how many members are there (on leave: not).
        wishes: for each day how many of those would rather be off.
        skills: for each day what the present members can do between them.
        strength: fewer members than this do not go out.
        weekly: most shifts in a calendar week (volunteers promise less than others).
        kind: teams of one kind share the load evenly.
        before: shifts before the period, as (day, code of the pattern).
        nights, weekends, minutes: carried over from rosters before, for fairness alone.
    """

    key: str
    present: Sequence[int]
    skills: Sequence[frozenset[str]]
    wishes: Sequence[int] = ()
    strength: int = 2
    weekly: int = 6
    kind: str = ""
    before: tuple[tuple[int, str], ...] = ()
    nights: int = 0
    weekends: int = 0
    minutes: int = 0

    def fit(self, day: int) -> bool:
        """Say whether enough members are there on a day."""
        return self.present[day] >= self.strength

    def denied(self, day: int) -> int:
        """Return how many wishes to be off can't be met if the team goes out on a day."""
        asked = self.wishes[day] if self.wishes else 0
        return max(0, self.strength - (self.present[day] - asked))


@dataclass(frozen=True, slots=True)
class Need:
    """How many teams a shift of a day wants, and how many of them with which skill."""

    day: int
    pattern: str
    teams: int
    skills: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A roster to be made. ``monday`` is the weekday of day 0: 0 for a Monday."""

    days: int
    patterns: tuple[Pattern, ...]
    teams: tuple[Team, ...]
    needs: tuple[Need, ...]
    rules: Rules = Rules()
    weekday: int = 0

    def pattern(self, code: str) -> Pattern:
        """Return a pattern by its code."""
        return next(one for one in self.patterns if one.code == code)

    def week(self, day: int) -> int:
        """Return the number of a day's calendar week; the first one is 0."""
        return (day + self.weekday) // 7

    def is_weekend(self, day: int) -> bool:
        """Say whether a day is a Saturday or a Sunday."""
        return (day + self.weekday) % 7 >= 5


# Who goes out: (team, day, pattern).
type Shift = tuple[str, int, str]


def close(one: Pattern, other: Pattern, days: int, rest: int) -> bool:
    """Say whether less than ``rest`` minutes lie between a shift and one ``days`` later."""
    return other.begins + days * DAY - one.ends < rest


def load(problem: Problem, shifts: Iterable[Shift]) -> dict[str, tuple[int, int, int, int]]:
    """Return for each team its nights, its shifts on weekends, its minutes and its shifts."""
    found = {team.key: [0, 0, 0, 0] for team in problem.teams}
    for key, day, code in shifts:
        pattern = problem.pattern(code)
        line = found[key]
        line[0] += pattern.night
        line[1] += problem.is_weekend(day)
        line[2] += pattern.minutes
        line[3] += 1
    return {key: (a, b, c, d) for key, (a, b, c, d) in found.items()}
