"""A week of a patrol area: which team goes out when, with whom, and how evenly it is shared."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from linli.patrol.choices import PlanState
from linli.patrol.lifecycle import OPEN_SWAPS
from linli.patrol.models import PatrolArea, Plan, Seat, Shift, Swap, Team, Wish
from linli.patrol.queries.people import days_between, teams_of

WEEK = timedelta(days=7)


@dataclass(slots=True)
class Cell:
    """One team on one day: its shift if it goes out, the names of who goes, wishes to be off."""

    date: date
    shift: Shift | None = None
    is_draft: bool = False
    names: list[str] = field(default_factory=list)
    wishes: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A team's week."""

    team: Team
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Share:
    """What a team has to carry in a period: nights, shifts on weekends, hours."""

    team: Team
    nights: int
    weekends: int
    hours: int
    shifts: int


def draft_of(area: PatrolArea) -> Plan | None:
    """Return the area's draft."""
    return Plan.objects.filter(patrol_area=area, state=PlanState.DRAFT).first()


def week_rows(area: PatrolArea, monday: date, draft: Plan | None) -> list[Row]:
    """Return the week of each team; on the days of a draft it is the draft that is shown."""
    days = days_between(monday, monday + WEEK - timedelta(days=1))
    shown = Q(published=True)
    if draft is not None:
        shown = Q(plan=draft) | Q(published=True) & ~Q(date__range=(draft.starts, draft.ends))
    rows = Shift.objects.filter(shown, patrol_area=area, date__range=(days[0], days[-1]))
    shifts = {(shift.team_id, shift.date): shift for shift in rows.select_related("pattern")}
    names = _names(shifts.values())
    wishes = _wishes(area, days)
    return [
        Row(
            team,
            [
                _cell(day, shifts.get((team.id, day)), names, wishes[team.id, day], draft)
                for day in days
            ],
        )
        for team in teams_of(area)
    ]


def _cell(
    day: date, shift: Shift | None, names: dict[UUID, list[str]], wishes: int, draft: Plan | None
) -> Cell:
    if shift is None:
        return Cell(day, wishes=wishes)
    is_draft = draft is not None and shift.plan_id == draft.id
    return Cell(day, shift, is_draft, names.get(shift.id, []), wishes)


def _names(shifts: Iterable[Shift]) -> dict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Seat.objects.filter(shift__in=list(shifts)).order_by("user__name")
    for shift, name in rows.values_list("shift", "user__name"):
        found[shift].append(name)
    return found


def _wishes(area: PatrolArea, days: list[date]) -> defaultdict[tuple[UUID, date], int]:
    found: defaultdict[tuple[UUID, date], int] = defaultdict(int)
    rows = Wish.objects.filter(team__patrol_area=area, date__range=(days[0], days[-1]))
    for team, day in rows.values_list("team", "date"):
        found[team, day] += 1
    return found


def shares(area: PatrolArea, starts: date, ends: date, draft: Plan | None) -> list[Share]:
    """Return what each team carries from ``starts`` to ``ends``: published, and the draft's days."""
    shown = Q(published=True)
    if draft is not None:
        shown = Q(plan=draft) | Q(published=True) & ~Q(date__range=(draft.starts, draft.ends))
    rows = Shift.objects.filter(shown, patrol_area=area, date__range=(starts, ends))
    carried: defaultdict[UUID, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for shift in rows.select_related("pattern"):
        line = carried[shift.team_id]
        line[0] += shift.pattern.night
        line[1] += shift.date.weekday() >= 5
        line[2] += (shift.pattern.ends - shift.pattern.begins) // 60
        line[3] += 1
    return [Share(team, *carried[team.id]) for team in teams_of(area)]


def open_swaps(area: PatrolArea) -> list[Swap]:
    """Return the swaps of an area that wait for somebody, the oldest first."""
    rows = Swap.objects.filter(patrol_area=area, state__in=OPEN_SWAPS)
    return list(
        rows.select_related(
            "asker", "other", "gives__shift__pattern", "gives__shift__team",
            "takes__shift__pattern", "takes__shift__team",
        ).order_by("asked_at", "id")
    )  # fmt: skip
