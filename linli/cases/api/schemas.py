"""What the API takes and gives. Times are ISO 8601 with zone, dates local, ids UUIDs."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.areas.codes import Level
from linli.cases.choices import (
    Channel,
    Destination,
    Difficulty,
    Kind,
    Light,
    PartyRole,
    Scale,
    State,
    Urgency,
)
from linli.kernel.bodies import TEXT, Input, Short, Tiny, Words

Code = Annotated[str, Field(pattern=r"^[0-9]{4,15}$", examples=["620302003002"])]


class PartyIn(Input):
    """A party; everything but ``role`` and ``is_organisation`` is stored sealed."""

    role: PartyRole
    name: Annotated[str, Field(min_length=1, max_length=60, pattern=TEXT)]
    is_organisation: bool = False
    sex: Annotated[str, Field(max_length=10, pattern=TEXT)] = ""
    ethnicity: Annotated[str, Field(max_length=20, pattern=TEXT)] = ""
    age: Annotated[int, Field(ge=0, le=150)] | None = None
    occupation: Tiny = ""
    phone: Annotated[str, Field(max_length=30, pattern=TEXT)] = ""
    address: Short = ""
    identity_number: Annotated[str, Field(max_length=30, pattern=TEXT)] = ""


class CaseIn(Input):
    """A matter to register."""

    kind: Kind
    title: Annotated[str, Field(min_length=1, max_length=120, pattern=TEXT)]
    area: Code
    channel: Channel
    description: Words = ""
    category: Annotated[str, Field(max_length=30, pattern=TEXT)] | None = None
    scale: Scale = Scale.INDIVIDUAL
    difficulty: Difficulty = Difficulty.ORDINARY
    urgency: Urgency = Urgency.NORMAL
    high_risk: bool = False
    place: Short = ""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    happened_on: date | None = None
    source_number: Tiny = ""
    parties: Annotated[list[PartyIn], Field(max_length=50)] = []


class Created(Schema):
    """A new case."""

    id: UUID
    number: str


class CaseOut(Schema):
    """A case as lists show it. Lights: blue, yellow, red, green, none."""

    id: UUID
    number: str
    kind: str
    category: str | None
    title: str
    area: str
    state: str
    level: str
    light: Literal["blue", "yellow", "red", "green", "none"]
    channel: str
    holder: UUID
    handler: UUID | None
    opened_at: datetime
    due_at: datetime | None
    version: int


class CaseDetail(CaseOut):
    """A case with what its page shows; ``verbs`` are the moves its caller may make now."""

    description: str
    scale: str
    difficulty: str
    urgency: str
    high_risk: bool
    place: str
    latitude: float | None
    longitude: float | None
    happened_on: date | None
    source_number: str
    returns: int
    supervised: bool
    resolved_at: datetime | None
    resolved_level: str
    outcome: str
    followed_up_at: datetime | None
    satisfaction: int | None
    closed_at: datetime | None
    merged_into: UUID | None
    referred_to: str
    verbs: list[str]


class CasePage(Schema):
    """A page of cases, newest first; ``next`` is the cursor of the following page."""

    cases: list[CaseOut]
    next: str | None


class CaseFilter(Schema):
    """Filters of the list; ``state`` may be a state or one of ``open``, ``done``, ``ended``.

    ``since`` and ``until`` are days of registration, both included; ``words`` are looked for in
    titles; ``after`` is the ``next`` of the page before.
    """

    area: Code | None = None
    kind: Kind | None = None
    category: Annotated[str, Field(max_length=30, pattern=TEXT)] = ""
    state: State | Literal["open", "done", "ended"] | None = None
    level: Level | None = None
    light: Light | None = None
    overdue: bool = False
    channel: Channel | None = None
    handler: UUID | None = None
    unit: UUID | None = None
    since: date | None = None
    until: date | None = None
    number: Annotated[str, Field(max_length=40, pattern=TEXT)] = ""
    words: Annotated[str, Field(max_length=60, pattern=TEXT)] = ""
    order: Literal["newest", "due"] = "newest"
    after: Annotated[str, Field(max_length=80, pattern=TEXT)] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 100


class EventOut(Schema):
    """One row of the timeline."""

    id: UUID
    verb: str
    at: datetime
    actor: UUID | None
    from_state: str
    to_state: str
    unit: UUID
    facts: dict[str, object]
    note: str | None


class VerbIn(Input):
    """What every verb takes. ``version`` is the one the caller saw: an older one answers 409."""

    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None
    note: Words = ""


class PlainIn(Input):
    """Nothing more to say."""

    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None


class AssignIn(VerbIn):
    """Without ``unit``: the lowest area that covers the place."""

    unit: UUID | None = None
    handler: UUID | None = None


class DesignateIn(VerbIn):
    """Who has to handle it."""

    unit: UUID
    handler: UUID | None = None


class ClassifyIn(Input):
    """Only the members that are given change; a category of null takes it away."""

    nullable: ClassVar[frozenset[str]] = frozenset({"category"})

    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None
    kind: Kind | None = None
    category: Annotated[str, Field(max_length=30, pattern=TEXT)] | None = None
    title: Annotated[str, Field(min_length=1, max_length=120, pattern=TEXT)] | None = None
    scale: Scale | None = None
    difficulty: Difficulty | None = None
    urgency: Urgency | None = None
    high_risk: bool | None = None
    area: Code | None = None
    place: Short | None = None


class ReferIn(VerbIn):
    """Where to."""

    destination: Destination


class MergeIn(VerbIn):
    """The case that goes on."""

    into: UUID


class FollowUpIn(VerbIn):
    """How the people were asked, and what they said (1 bad … 5 good)."""

    way: Literal["visit", "phone", "message"]
    satisfaction: Annotated[int, Field(ge=1, le=5)]
    recurred: bool


class ExtendIn(VerbIn):
    """How many working days more."""

    days: Annotated[int, Field(ge=1, le=60)]


class AssistIn(VerbIn):
    """Who helps."""

    unit: UUID


class HandOverIn(VerbIn):
    """Who takes over."""

    handler: UUID


class ReasonIn(Input):
    """Why personal data is opened."""

    reason: Annotated[str, Field(min_length=4, max_length=400, pattern=TEXT)]


class PartyOut(Schema):
    """A party, masked."""

    id: UUID
    role: str
    is_organisation: bool
    name: str


class PersonalOut(Schema):
    """A party's personal data after a reveal."""

    personal: dict[str, object]
