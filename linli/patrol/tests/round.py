"""A patrol area with three teams for tests: a leader, members, and a second area beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.cases.tests.desk import BACKEND
from linli.patrol.actions.plan_roster import plan_roster
from linli.patrol.actions.publish_roster import publish_roster
from linli.patrol.models import Member, PatrolArea, Plan, Seat, ShiftNeed, Team
from tests.cast import BEIJING_ROAD, GUANGZHOU_ROAD, Cast, make_user

BOX = {
    "type": "Polygon",
    "coordinates": [
        [[102.17, 38.49], [102.22, 38.49], [102.22, 38.52], [102.17, 38.52], [102.17, 38.49]]
    ],
}
BASE = (102.18, 38.50)
WEDNESDAY = date(2026, 3, 11)


@dataclass
class Round:
    """The cast, and who walks."""

    cast: Cast
    area: PatrolArea
    teams: list[Team] = field(default_factory=list)
    other: PatrolArea = None  # type: ignore[assignment]
    users: dict[str, User] = field(default_factory=dict)

    def person(self, name: str, kind: str, unit: Unit, **fields: Any) -> User:
        """Save somebody who walks."""
        self.users[name] = make_user(name, kind, unit.area_id, unit, **fields)
        return self.users[name]

    def act(self, name: str, act: Callable[..., Any], /, *arguments: Any, **more: Any) -> Any:
        """Let a person do something now (or ``at``), under their scope."""
        at: datetime = more.pop("at", None) or timezone.now()
        actor = actor_of((self.users | self.cast.users)[name].id, timezone.localdate(at))
        assert actor is not None
        with acting(actor):
            return act(*arguments, actor=actor, at=at, **more)

    def client(self, name: str) -> Client:
        """Return a person's signed-in client."""
        client = Client()
        client.force_login((self.users | self.cast.users)[name], backend=BACKEND)
        return client

    def need(self, pattern: str = "early", teams: int = 1, **skills: int) -> ShiftNeed:
        """Say how many teams a kind of shift wants every day."""
        return ShiftNeed.objects.create(
            patrol_area=self.area, pattern_id=pattern, teams=teams, skills=skills
        )

    def plan(self, days: int = 7, starts: date = WEDNESDAY) -> Plan:
        """Let the leader plan."""
        made: Plan = self.act(
            "leader", plan_roster, self.area.id, starts=starts, days=days, seconds=0.5
        )
        return made

    def published(self, days: int = 7, **needs: int) -> Plan:
        """Return a published roster of a team (or as ``needs`` say) a shift."""
        for pattern, teams in (needs or {"early": 1}).items():
            self.need(pattern, teams)
        plan = self.plan(days)
        self.act("leader", publish_roster, plan.id)
        return Plan.objects.get(pk=plan.id)

    def seat_of(self, name: str) -> Seat | None:
        """Return the first place in a shift that a person has."""
        return (
            Seat.objects.filter(user=self.users[name])
            .select_related("shift")
            .order_by("shift__date")
            .first()
        )


def make_area(name: str, code: str) -> PatrolArea:
    """Save a patrol area with the unit of its leaders."""
    unit = Unit.objects.create(area_id=code, kind="team", name=name)
    return PatrolArea.objects.create(
        name=name, area_id=code, unit=unit, boundary=BOX, longitude=BASE[0], latitude=BASE[1]
    )


def make_team(round_: Round, number: int, members: int = 3, **fields: Any) -> Team:
    """Save a team with a leader ``team1_leader`` and members ``walker1a``…, who can do first aid."""
    name = f"第{number}巡逻队"
    unit = Unit.objects.create(area_id=round_.area.area_id, kind="team", name=name)
    told = {"kind": "auxiliary", "strength": 2, **fields}
    team = Team.objects.create(patrol_area=round_.area, unit=unit, name=name, **told)
    people = [round_.person(f"team{number}_leader", "patrol_leader", unit)]
    people += [
        round_.person(f"walker{number}{letter}", "patrol_member", unit)
        for letter in "abcdef"[: members - 1]
    ]
    for one in people:
        Member.objects.create(team=team, user=one, skills=["first_aid"])
    round_.teams.append(team)
    return team


def make_round(cast: Cast) -> Round:
    """Save everything."""
    made = Round(cast, make_area("第一巡区", BEIJING_ROAD))
    made.person("leader", "patrol_leader", made.area.unit)
    for number in (1, 2, 3):
        make_team(made, number)
    made.other = make_area("第二巡区", GUANGZHOU_ROAD)
    made.person("other_leader", "patrol_leader", made.other.unit)
    return made
