"""What the API of premises takes and gives. Points are WGS-84 degrees, days local, ids UUIDs."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.kernel.bodies import TEXT, Input, Short, Tiny
from linli.premises.choices import DeviceKind, DrillSubject, InspectionKind, Senses, Spot

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=TEXT)]
Code = Annotated[str, Field(min_length=2, max_length=15, pattern=r"^[0-9]+$")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Note = Annotated[str, Field(max_length=500, pattern=TEXT)]


class ListIn(Schema):
    """What a list of places shows; ``after`` is the cursor of the page before."""

    q: Short = ""
    kind: Tiny = ""
    area: Tiny = ""
    devices: Tiny = ""
    overdue: Tiny = ""
    after: Tiny = ""


class PremisesIn(Input):
    """A place. ``hours`` is written as on the page: "周一至周五 08:00-18:00" or "24小时"."""

    kind: Annotated[str, Field(min_length=1, max_length=30, pattern=TEXT)]
    name: Name
    area: Code
    address: Short = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    phone: Annotated[str, Field(max_length=30, pattern=TEXT)] = ""
    hours: Annotated[str, Field(max_length=300, pattern=TEXT)] = ""
    floors: Annotated[int, Field(ge=0, le=200)] | None = None
    basements: Annotated[int, Field(ge=0, le=20)] = 0
    capacity: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    absent: Annotated[list[Spot], Field(max_length=20)] = []
    responsible: UUID | None = None
    department: UUID | None = None
    note: Annotated[str, Field(max_length=300, pattern=TEXT)] = ""


class DeviceIn(Input):
    """A device; ``area`` is only asked for one without premises."""

    kind: DeviceKind
    name: Name
    premises: UUID | None = None
    area: Code | Literal[""] = ""
    senses: Senses | Literal[""] = ""
    spot: Spot | Literal[""] = ""
    floor: Annotated[str, Field(max_length=10, pattern=TEXT)] = ""
    serial: Tiny = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    to_police: bool = False
    interval_seconds: Annotated[int, Field(ge=0, le=604_800)] = 0
    installed_on: date | None = None
    expires_on: date | None = None


class TestIn(Input):
    """One test of an alarm; without ``arrived_at`` it never arrived, which is a fault."""

    sent_at: datetime
    arrived_at: datetime | None = None
    note: Annotated[str, Field(max_length=200, pattern=TEXT)] = ""


class FaultIn(Input):
    """What is wrong with a device."""

    fault: Annotated[str, Field(min_length=1, max_length=200, pattern=TEXT)]


class NoteIn(Input):
    """What was done."""

    note: Annotated[str, Field(max_length=200, pattern=TEXT)] = ""


class LineIn(Input):
    """How one item of the check list was found; ``note`` is needed where it is not in order."""

    item: UUID
    fine: bool
    note: Note = ""


class InspectionIn(Input):
    """An inspection: an answer to every item of the kind's list."""

    kind: InspectionKind = InspectionKind.ROUTINE
    note: Note = ""
    lines: Annotated[list[LineIn], Field(min_length=1, max_length=200)]


class LookIn(Input):
    """Somebody looked at a hazard again."""

    mended: bool
    note: Note = ""
    due_on: date | None = None


class DrillIn(Input):
    """A drill to come."""

    subject: DrillSubject
    planned_on: date


class HeldIn(Input):
    """A drill that was held."""

    held_on: date
    participants: Annotated[int, Field(ge=1, le=1_000_000)]
    findings: Annotated[str, Field(min_length=1, max_length=1000, pattern=TEXT)]


class Made(Schema):
    """What was written down."""

    id: UUID


class DeviceOut(Schema):
    """A device, never with its secret."""

    id: UUID
    premises: UUID | None
    area: str
    kind: str
    senses: str
    name: str
    spot: str
    floor: str
    serial: str
    latitude: float | None
    longitude: float | None
    to_police: bool
    state: str
    fault: str
    interval_seconds: int
    heard_at: datetime | None
    tested_on: date | None
    test_due: date | None
    expires_on: date | None
    retired_at: datetime | None


class HazardOut(Schema):
    """A hazard with its case."""

    id: UUID
    text: str
    note: str
    rule: str
    state: str
    found_at: datetime
    due_on: date
    closed_at: datetime | None
    case: UUID


class ItemOut(Schema):
    """One line of a check list."""

    id: UUID
    text: str
    category: str
    mend_days: int


class RowOut(Schema):
    """One place of the list; ``bad`` devices are in fault, offline or not connected."""

    id: UUID
    name: str
    kind: str
    area: str
    address: str
    inspection_due: date | None
    devices: int
    bad: int
    hazards: int


class PageOut(Schema):
    """A page of places, and where the next one begins (empty: nowhere)."""

    premises: list[RowOut]
    after: str


class PremisesOut(Schema):
    """A place as its page shows it. Contacts are personal and stay on the page."""

    id: UUID
    kind: str
    name: str
    area: str
    address: str
    latitude: float | None
    longitude: float | None
    phone: str
    hours: str
    floors: int | None
    basements: int
    capacity: int | None
    absent: list[str]
    responsible: UUID | None
    department: UUID | None
    note: str
    inspected_on: date | None
    inspection_due: date | None
    drilled_on: date | None
    closed_on: date | None
    devices: list[DeviceOut]
    hazards: list[HazardOut]
    check_list: list[ItemOut]
    lacks: list[str]


class GapOut(Schema):
    """A device that is missing or not connected: ``why`` is missing, unconnected, offline, fault."""

    device: str
    spot: str
    why: str


class ExceptionOut(Schema):
    """A place that is not covered."""

    id: UUID
    name: str
    area: str
    gaps: list[GapOut]


class CoverageOut(Schema):
    """Of ``total`` places of a kind ``covered`` have what they must have."""

    kind: str
    label: str
    covered: int
    total: int
    exceptions: list[ExceptionOut]


class DueOut(Schema):
    """One thing that is due."""

    what: str
    premises: UUID | None
    name: str
    day: date
    about: UUID | None
    text: str
