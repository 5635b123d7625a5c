"""What the API of patrols takes and gives."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class Done(Schema):
    """What was made or changed."""

    id: UUID


class AreaIn(Schema):
    """A patrol area. ``boundary`` is a GeoJSON polygon in WGS-84."""

    area: str
    name: str
    boundary: dict[str, Any]
    longitude: float | None = None
    latitude: float | None = None


class AreaOut(Schema):
    """A patrol area, how many teams it has and how many are out."""

    id: UUID
    name: str
    area: str
    teams: int
    out: int


class TeamIn(Schema):
    """A team."""

    name: str
    kind: str
    mode: str = "foot"
    strength: int = 2
    weekly: int = 5


class MemberIn(Schema):
    """Who joins a team, and what they can."""

    user: UUID
    skills: list[str] = []


class PlanIn(Schema):
    """The days of a roster."""

    starts: date
    days: int = 7


class PlanOut(Schema):
    """A roster: its days, its state, and needs left open with their reasons."""

    id: UUID
    starts: date
    ends: date
    state: str
    version: int
    proved: bool
    open_needs: list[dict[str, Any]]


class VersionIn(Schema):
    """The version that was looked at."""

    version: int | None = None


class ShiftOut(Schema):
    """A shift of a team."""

    id: UUID
    team: UUID
    pattern: str
    date: date
    starts_at: datetime
    ends_at: datetime
    route: UUID | None


class NightIn(Schema):
    """Which shift of which day."""

    date: date
    pattern: str


class RouteOut(Schema):
    """A route: its stops in order and its line (longitude, latitude)."""

    id: UUID
    shift: UUID
    metres: int
    minutes: int
    difference: float | None
    stops: list[dict[str, Any]]
    line: list[list[float]]
    left: list[str]


class DayIn(Schema):
    """A day."""

    date: date


class SwapIn(Schema):
    """Whose place is given, to whom, for which place in return."""

    seat: UUID
    other: UUID
    takes: UUID | None = None


class FixIn(Schema):
    """A position (WGS-84), its doubt in metres."""

    at: datetime
    longitude: float
    latitude: float
    accuracy: float = 0.0


class FixesIn(Schema):
    """Positions of a shift."""

    fixes: list[FixIn] = Field(max_length=2000)


class Taken(Schema):
    """How many positions were kept."""

    kept: int


class CheckIn(Schema):
    """Where somebody was, when, and what shows it: a position, or the code on paper."""

    id: UUID
    key: str
    at: datetime
    longitude: float | None = None
    latitude: float | None = None
    accuracy: float = 0.0
    code: str = ""


class FindingIn(Schema):
    """What was found. The photo is sent as a form on the member's page."""

    id: UUID
    title: str
    description: str = ""
    place: str = ""
    at: datetime
    longitude: float | None = None
    latitude: float | None = None
    urgent: bool = False


class FindingOut(Schema):
    """The case that was made of it."""

    id: UUID
    number: str


class StreetOut(Schema):
    """A street: how often it was seen and should have been; ``state``: kept, short or missed."""

    name: str
    metres: int
    parts: int
    lacking: int
    seen: float
    wanted: float
    state: str
    bands: list[float]
    last: date | None


class CoverageOut(Schema):
    """A period's coverage. ``share``: of the promised metres, those seen as promised."""

    share: float | None
    streets: list[StreetOut]
