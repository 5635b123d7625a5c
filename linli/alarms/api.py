"""The JSON API of alarms: the queue, one alarm, and the steps a person takes."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.alarms.actions.answer import answer_alarm
from linli.alarms.actions.hand_on import hand_on
from linli.alarms.actions.make_case import make_case
from linli.alarms.actions.reset import mark_false, reset_alarm
from linli.alarms.models import Alarm
from linli.alarms.policy import permit_open
from linli.alarms.queries import queue as reads
from linli.kernel.bodies import TEXT, Input

router = Router(tags=["alarms"])


class AlarmOut(Schema):
    """An alarm. ``number`` counts within its city; ``desk`` is the area whose desk is rung."""

    id: UUID
    number: int
    state: str
    kind: str
    severity: int
    source: str
    is_test: bool
    is_late: bool
    area: str
    place: str
    longitude: float | None
    latitude: float | None
    text: str
    count: int
    raised_at: datetime
    received_at: datetime
    last_at: datetime
    desk: str
    due_at: datetime | None
    answered_at: datetime | None
    reset_at: datetime | None
    outcome: str
    case: UUID | None
    version: int


class QueueOut(Schema):
    """Open alarms as they are to be answered; ``total`` counts those not listed too."""

    alarms: list[AlarmOut]
    waiting: int
    total: int


class QueueAsked(Schema):
    """``area``: only alarms of this area and below."""

    area: Annotated[str, Field(max_length=15, pattern=r"^[0-9]*$")] = ""


class StepIn(Input):
    """``version``: the alarm as it was looked at; left out, that is not checked."""

    version: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None


class NoteIn(StepIn):
    """A step with a reason."""

    note: Annotated[str, Field(max_length=300, pattern=TEXT)]


class HandOnIn(NoteIn):
    """``to``: the code of the area whose desk shall answer."""

    to: Annotated[str, Field(max_length=15, pattern=r"^[0-9]+$")]


_SAME = (
    "id", "state", "kind", "severity", "source", "is_test", "is_late", "place", "longitude",
    "latitude", "text", "count", "raised_at", "received_at", "last_at", "desk", "due_at",
    "answered_at", "reset_at", "outcome", "version",
)  # fmt: skip


def _out(alarm: Alarm) -> dict[str, Any]:
    row = {name: getattr(alarm, name) for name in _SAME}
    return row | {"number": alarm.sequence, "area": alarm.area_id, "case": alarm.case_id}


@router.get("/alarms", response=QueueOut, summary="Open alarms, unanswered and grave ones first")
@scoped("alarms:read")
def many(request: HttpRequest, asked: Query[QueueAsked]) -> Any:
    """Return the queue of the caller's areas."""
    actor = actor_of(request)
    permit_open(actor)
    found = reads.queue(actor, area=asked.area)
    alarms = [_out(alarm) for alarm in found.alarms]
    return {"alarms": alarms, "waiting": found.waiting, "total": found.total}


@router.get("/alarms/{uuid:alarm_id}", response=AlarmOut, summary="One alarm")
@scoped("alarms:read")
def one(request: HttpRequest, alarm_id: UUID) -> Any:
    """Return one alarm."""
    actor = actor_of(request)
    permit_open(actor)
    return _out(reads.alarm_for(actor, alarm_id))


@router.post("/alarms/{uuid:alarm_id}/answer", response=AlarmOut, summary="Answer an alarm")
@scoped("alarms:write")
def answer(request: HttpRequest, alarm_id: UUID, given: StepIn) -> Any:
    """Answer it: its clock stands still."""
    return _out(answer_alarm(alarm_id, **_asked(request, given)))


@router.post("/alarms/{uuid:alarm_id}/reset", response=AlarmOut, summary="Reset an answered alarm")
@scoped("alarms:write")
def reset(request: HttpRequest, alarm_id: UUID, given: NoteIn) -> Any:
    """End it, with the reason."""
    return _out(reset_alarm(alarm_id, note=given.note, **_asked(request, given)))


@router.post(
    "/alarms/{uuid:alarm_id}/mark_false", response=AlarmOut, summary="It was a false alarm"
)
@scoped("alarms:write")
def false(request: HttpRequest, alarm_id: UUID, given: NoteIn) -> Any:
    """End it as a false alarm, with the reason."""
    return _out(mark_false(alarm_id, note=given.note, **_asked(request, given)))


@router.post(
    "/alarms/{uuid:alarm_id}/hand_on", response=AlarmOut, summary="Let another desk answer"
)
@scoped("alarms:write")
def on(request: HttpRequest, alarm_id: UUID, given: HandOnIn) -> Any:
    """Hand it on, with the reason; the clock starts anew at that desk."""
    return _out(hand_on(alarm_id, to=given.to, note=given.note, **_asked(request, given)))


@router.post("/alarms/{uuid:alarm_id}/make_case", response=AlarmOut, summary="Make it an incident")
@scoped("alarms:write")
def case(request: HttpRequest, alarm_id: UUID, given: StepIn) -> Any:
    """Register an incident of it; asked again, the first one stands."""
    return _out(make_case(alarm_id, **_asked(request, given)))


def _asked(request: HttpRequest, given: StepIn) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": timezone.now(), "seen": given.version}
