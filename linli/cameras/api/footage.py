"""Footage over the API: what Linli records of a camera, and what is held for a case."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from ninja.responses import Status
from pydantic import AwareDatetime, Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.cameras.actions.keep_footage import hold_footage, lift_hold, set_recording
from linli.cameras.api.routes import router
from linli.cameras.lifecycle import LEAST_STORAGE_DAYS
from linli.cameras.models import Hold
from linli.cameras.policy import may_look, permit
from linli.cameras.queries.camera import camera_for
from linli.cameras.queries.footage import kept_of
from linli.kernel.bodies import TEXT, Input


class RecordingIn(Input):
    """Whether Linli records the camera, and for how many days that is kept."""

    on: bool
    days: Annotated[int, Field(ge=0, le=10_000)] = LEAST_STORAGE_DAYS


class HoldIn(Input):
    """A span of a camera's footage, kept for a case until a day."""

    case: UUID
    starts: AwareDatetime
    ends: AwareDatetime
    until: date
    reason: Annotated[str, Field(min_length=1, max_length=300, pattern=TEXT)]


class HoldOut(Schema):
    """What is held; its footage is looked at with a grant, as any other."""

    id: UUID
    camera: UUID
    case: UUID
    starts: datetime
    ends: datetime
    until: date
    lifted_at: datetime | None


class FootageOut(Schema):
    """Whether Linli records a camera (``days`` null: no), and what is held of it now."""

    days: int | None
    since: datetime | None
    holds: list[HoldOut]


def _hold(row: Hold) -> dict[str, Any]:
    same = ("id", "starts", "ends", "until", "lifted_at")
    return {name: getattr(row, name) for name in same} | {
        "camera": row.camera_id,
        "case": row.case_id,
    }


@router.get("/cameras/{uuid:camera_id}/footage", response=FootageOut, summary="What is kept")
@scoped("cameras:read")
def footage(request: HttpRequest, camera_id: UUID) -> Any:
    """Return whether Linli records a camera, and the holds of the cases the caller may know."""
    return _footage(request, camera_id)


def _footage(request: HttpRequest, camera_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    permit(may_look(actor))
    recording, holds = kept_of(actor, camera_for(actor, camera_id), timezone.now())
    running = recording if recording and recording.is_running else None
    return {
        "days": running.days if running else None,
        "since": running.since if running else None,
        "holds": [_hold(one) for one, number in holds if number],
    }


@router.post(
    "/cameras/{uuid:camera_id}/recording", response=FootageOut, summary="Record it, or stop"
)
@scoped("cameras:write")
def record_camera(request: HttpRequest, camera_id: UUID, given: RecordingIn) -> Any:
    """Have Linli record a camera, or stop it; whoever keeps the camera's entry may."""
    set_recording(camera_id, on=given.on, days=given.days, actor=actor_of(request),
                  at=timezone.now())  # fmt: skip
    return _footage(request, camera_id)


@router.post(
    "/cameras/{uuid:camera_id}/holds", response={201: HoldOut}, summary="Keep footage for a case"
)
@scoped("video:write")
def hold(request: HttpRequest, camera_id: UUID, given: HoldIn) -> Any:
    """Keep a span of footage until a day; it opens nothing."""
    made = hold_footage(
        camera_id, given.case, starts=given.starts, ends=given.ends, until=given.until,
        reason=given.reason, actor=actor_of(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, _hold(made))


@router.post("/cameras/holds/{uuid:hold_id}/lift", response=HoldOut, summary="Keep it no longer")
@scoped("video:write")
def lift(request: HttpRequest, hold_id: UUID) -> Any:
    """End a hold before its day."""
    return _hold(lift_hold(hold_id, actor=actor_of(request), at=timezone.now()))
