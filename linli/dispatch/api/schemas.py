"""What the API of dispatch takes and gives. Moments with their zone, degrees WGS-84, seconds whole."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from linli.cases.choices import Channel
from linli.dispatch.choices import Result
from linli.kernel.bodies import TEXT, Input, Short, Words

Version = Annotated[int, Field(ge=0, le=2**31 - 1)] | None
Area = Annotated[str, Field(max_length=15, pattern=r"^[0-9]*$")]
Code = Annotated[str, Field(max_length=30, pattern=r"^[0-9A-Za-z_]*$")]
Note = Annotated[str, Field(min_length=1, max_length=2000, pattern=TEXT)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class IncidentOut(Schema):
    """An incident with its clocks; ``case`` holds what callers said."""

    id: UUID
    case: UUID
    state: str
    kind: str
    priority: int
    area: str
    place: str
    longitude: float | None
    latitude: float | None
    brief: str
    alarm: UUID | None
    received_at: datetime
    answered_at: datetime
    processed_at: datetime | None
    dispatched_at: datetime | None
    arrived_at: datetime | None
    closed_at: datetime | None
    result: str
    merged_into: UUID | None
    version: int


class AssignmentOut(Schema):
    """A unit sent to an incident, with the moment of each answer."""

    id: UUID
    incident: UUID
    unit: UUID
    unit_name: str
    state: str
    proposed: bool
    expected: int | None
    assigned_at: datetime
    accepted_at: datetime | None
    set_out_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    help_at: datetime | None


class OneOut(IncidentOut):
    """An incident with what was sent to it."""

    assignments: list[AssignmentOut]


class ProposedOut(Schema):
    """A unit in the recommendation, with the reasons in words."""

    unit: UUID
    name: str
    seconds: float | None
    reasons: list[str]


class LineOut(Schema):
    """One need of the run cards: who is proposed, who else could go, and who can't and why."""

    kind: str
    count: int
    missing: int
    chosen: list[ProposedOut]
    others: list[ProposedOut]
    excluded: list[ProposedOut]


class EntryOut(Schema):
    """A row of the timeline, in words."""

    at: datetime
    title: str
    by: str
    text: str


class UnitOut(Schema):
    """A unit of dispatch."""

    id: UUID
    name: str
    kind: str
    area: str
    status: str
    status_at: datetime
    skills: list[str]
    equipment: list[str]
    shared: bool
    standby: str | None


class OpenIn(Input):
    """What was reported. ``place`` and ``brief`` go to units: no names in them."""

    kind: Code
    area: Area
    channel: Channel = Channel.PHONE
    place: Short = ""
    longitude: Longitude | None = None
    latitude: Latitude | None = None
    brief: Annotated[str, Field(max_length=300, pattern=TEXT)] = ""
    text: Words = ""
    priority: Annotated[int, Field(ge=1, le=4)] | None = None
    answers: Annotated[dict[UUID, Code], Field(max_length=30)] = {}
    received_at: AwareDatetime | None = None
    answered_at: AwareDatetime | None = None


class ForAlarmIn(Input):
    """How an alarm's incident is opened; ``kind`` left out: the one that goes with the alarm."""

    kind: Code = ""
    brief: Annotated[str, Field(max_length=300, pattern=TEXT)] = ""
    priority: Annotated[int, Field(ge=1, le=4)] | None = None


class StepIn(Input):
    """A step; ``version`` is the one its caller looked at, without it that check is skipped."""

    version: Version = None


class NoteIn(StepIn):
    """A step with words."""

    note: Note


class SituationIn(StepIn):
    """A situation report, with what the dispatcher adds."""

    note: Annotated[str, Field(max_length=2000, pattern=TEXT)] = ""


class AnswersIn(StepIn):
    """Answer by question card."""

    answers: Annotated[dict[UUID, Code], Field(max_length=30)]


class PriorityIn(NoteIn):
    """Another priority, and why."""

    priority: Annotated[int, Field(ge=1, le=4)]


class ReportIn(NoteIn):
    """Another report of the same."""

    channel: Channel = Channel.PHONE
    received_at: AwareDatetime | None = None


class SendIn(StepIn):
    """Which units to send."""

    units: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class TickIn(StepIn):
    """Which step of the check list is done."""

    item: UUID


class MergeIn(Input):
    """Which incident goes on."""

    into: UUID


class CloseIn(NoteIn):
    """How it ended, and the closing report."""

    result: Result


class ReviewIn(StepIn):
    """What was learnt."""

    good: Annotated[str, Field(max_length=2000, pattern=TEXT)] = ""
    better: Annotated[str, Field(max_length=2000, pattern=TEXT)] = ""


class AnswerIn(Input):
    """An answer of a unit, with words where it wants to say something."""

    note: Annotated[str, Field(max_length=2000, pattern=TEXT)] = ""


class ShiftIn(Input):
    """Until when a unit is on duty."""

    until: AwareDatetime


class OutIn(Input):
    """Why a unit is out of service."""

    why: Annotated[str, Field(min_length=1, max_length=120, pattern=TEXT)]


class MoveIn(Input):
    """Where a unit waits; empty: at home."""

    area: Area = ""


class NothingIn(Input):
    """Nothing is asked."""


class FixIn(Input):
    """One position of a phone."""

    lng: Longitude
    lat: Latitude
    at: AwareDatetime
    accuracy: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)] | None = None


class FixesIn(Input):
    """Positions, the newest of which is where the unit is."""

    fixes: Annotated[list[FixIn], Field(min_length=1, max_length=200)]


class TakenOut(Schema):
    """How many positions were taken."""

    taken: int


class HandoverIn(Input):
    """Who takes the desk over."""

    taker: UUID
    note: Annotated[str, Field(max_length=2000, pattern=TEXT)] = ""


class HandoverOut(Schema):
    """Which open incidents went to the colleague."""

    id: UUID
    incidents: list[UUID]


class UnitsAsked(Schema):
    """``kind`` and ``status``: only units that are so."""

    kind: Literal["patrol", "emergency", "expert", "volunteer", "police", "fire", "medical", ""] = (
        ""
    )
    status: Literal[
        "available", "off_duty", "out_of_service", "assigned", "en_route", "at_scene", ""
    ] = ""
