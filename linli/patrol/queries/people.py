"""Who of a patrol area's teams is there on which day, and what they can."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from linli.accounts.models import Leave, Role
from linli.patrol.models import Member, PatrolArea, Team, Wish
from linli.patrol.policy import WALKERS
from linli.patrol.rostering import seats

type Days = list[date]


@dataclass(frozen=True, slots=True)
class Person:
    """A member: key, name and skills."""

    user: UUID
    name: str
    team: UUID
    skills: frozenset[str]


def days_between(starts: date, ends: date) -> Days:
    """Return all days from ``starts`` to ``ends``."""
    return [starts + timedelta(days=number) for number in range((ends - starts).days + 1)]


def teams_of(area: PatrolArea) -> list[Team]:
    """Return the teams of a patrol area that still go out, by name."""
    return list(area.teams.filter(dissolved_on=None).select_related("unit").order_by("name", "id"))


def members_of(teams: Iterable[Team]) -> list[Person]:
    """Return the members of teams, by name."""
    rows = Member.objects.filter(team__in=list(teams), left_on=None, user__is_active=True)
    found = rows.order_by("user__name", "user").values_list("user", "user__name", "team", "skills")
    return [Person(user, name, team, frozenset(skills)) for user, name, team, skills in found]


class Presence:
    """Who is there on each of some days: a role in the team's unit, and no leave."""

    def __init__(self, teams: list[Team], days: Days) -> None:
        self.people = members_of(teams)
        self._days = days
        users = [person.user for person in self.people]
        units = {team.id: team.unit_id for team in teams}
        first, last = days[0], days[-1]
        self._roles: defaultdict[tuple[UUID, UUID | None], list[tuple[date, date | None]]]
        self._roles = defaultdict(list)
        roles = Role.objects.filter(
            user__in=users, unit__in=list(units.values()), kind__in=WALKERS, starts__lte=last
        )
        for user, unit, starts, ends in roles.values_list("user", "unit", "starts", "ends"):
            self._roles[user, unit].append((starts, ends))
        self._leaves: defaultdict[UUID, list[tuple[date, date]]] = defaultdict(list)
        leaves = Leave.objects.filter(user__in=users, starts__lte=last, ends__gte=first)
        for user, starts, ends in leaves.values_list("user", "starts", "ends"):
            self._leaves[user].append((starts, ends))
        self._wishes = set(
            Wish.objects.filter(team__in=teams, date__range=(first, last)).values_list(
                "user", "date"
            )
        )
        self._units = units

    def is_there(self, person: Person, day: date) -> bool:
        """Say whether a member can go out on a day."""
        holds = any(
            starts <= day and (ends is None or day <= ends)
            for starts, ends in self._roles[person.user, self._units[person.team]]
        )
        away = any(starts <= day <= ends for starts, ends in self._leaves[person.user])
        return holds and not away

    def of(self, team: Team, day: date) -> list[seats.Member]:
        """Return the members of a team who are there on a day, with their wishes."""
        return [
            seats.Member(str(person.user), person.skills, (person.user, day) in self._wishes)
            for person in self.people
            if person.team == team.id and self.is_there(person, day)
        ]
