"""A dispatch room for tests: teams with people in the street, a city dispatcher, and incidents."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from linli.areas.models import Area, Unit
from linli.cases.tests.desk import Desk
from linli.dispatch.actions.assign_units import assign_units
from linli.dispatch.actions.open_incident import Told, open_incident
from linli.dispatch.models import Assignment, DispatchUnit, Incident, TimelineEntry
from tests.cast import (
    BEIJING_ROAD,
    CITY,
    GUANGZHOU_ROAD,
    LONGMENLI,
    Cast,
    make_cast,
    make_user,
)

# The point of the incidents, and how far each team's post lies from it, in degrees.
POINT = (102.19, 38.52)
TEAMS = [
    # name, kind, area, degrees east of the point, skills, equipment, shared
    ("first", "patrol", BEIJING_ROAD, 0.01, ["first_aid"], ["extinguisher"], False),
    ("second", "patrol", BEIJING_ROAD, 0.02, ["mediation"], [], False),
    ("third", "patrol", GUANGZHOU_ROAD, 0.05, [], [], False),
    ("emergency", "emergency", CITY, 0.1, ["fire_control"], ["shield"], False),
    ("police", "police", CITY, 0.2, [], [], True),
]


@dataclass
class Room(Desk):
    """The desk, and ``units`` by name. People: ``first_leader``, ``first_member`` and so on."""

    units: dict[str, DispatchUnit] = field(default_factory=dict)

    def act(self, name: str, act: Callable[..., Any], /, *arguments: Any, **more: Any) -> Any:
        """Let a person do something now (or ``at``), under their scope."""
        more.setdefault("at", timezone.now())
        return self.by(name, act, *arguments, actor=self.cast.actor(name), **more)

    def incident(self, by: str = "city_dispatcher", **fields: Any) -> Incident:
        """Return an intruder at a school in 龙门里 (or what ``fields`` say), just answered."""
        told: dict[str, Any] = {
            "kind": "intrusion", "area": LONGMENLI, "place": "龙门里小学", "channel": "alarm",
            "longitude": POINT[0], "latitude": POINT[1], "text": "门卫室按下报警键",
        }  # fmt: skip
        return self.act(by, open_incident, Told(**{**told, **fields}))

    def send(
        self, incident: Incident, *names: str, by: str = "city_dispatcher"
    ) -> list[Assignment]:
        """Send units by name."""
        units = [self.units[name].id for name in names]
        return self.act(by, assign_units, incident.id, units=units)

    def unit(self, name: str) -> DispatchUnit:
        """Return a unit as it is now."""
        return DispatchUnit.objects.get(pk=self.units[name].id)


def make_room(cast: Cast | None = None) -> Room:
    """Save the teams, all on duty."""
    cast = cast or make_cast()
    room = Room(cast)
    since = timezone.now() - timedelta(hours=1)
    for name, kind, area, east, skills, equipment, shared in TEAMS:
        team = Unit.objects.create(area_id=area, kind="team", name=f"{name}队")
        room.units[name] = DispatchUnit.objects.create(
            team=team, kind=kind, name=f"{name}队", area_id=area, longitude=POINT[0] + east,
            latitude=POINT[1], skills=skills, equipment=equipment, shared=shared,
            status="available", status_at=since,
        )  # fmt: skip
        for role, kind_of_role in (("leader", "patrol_leader"), ("member", "patrol_member")):
            person = f"{name}_{role}"
            cast.users[person] = make_user(person, kind_of_role, area, team)
    return room


def verbs(incident: Incident) -> list[str]:
    """Return what happened, in order."""
    found = TimelineEntry.objects.filter(incident=incident).order_by("id")
    return list(found.values_list("verb", flat=True))


def put_on_map() -> None:
    """Give the cast's areas a point each, a little apart."""
    for n, area in enumerate(Area.objects.order_by("code")):
        area.longitude, area.latitude = POINT[0] + n * 0.01, POINT[1]
        area.save(update_fields=["longitude", "latitude"])
