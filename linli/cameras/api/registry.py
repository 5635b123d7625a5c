"""The registry, how cameras are, work orders, and availability.

Addresses and passwords of sources never leave by it.
"""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from linli.accounts.actor import actor_of
from linli.accounts.figures import permit as permit_figures
from linli.accounts.gate import scoped
from linli.areas.queries import area as find_area
from linli.cameras.actions.describe import CameraData
from linli.cameras.actions.mend import say_mended
from linli.cameras.actions.register import register_camera
from linli.cameras.api.routes import router
from linli.cameras.field_of_view import polygon
from linli.cameras.models import Camera, WorkOrder
from linli.cameras.policy import may_look, permit
from linli.cameras.queries.availability import by_owner, total
from linli.cameras.queries.camera import camera_for
from linli.cameras.queries.listing import Selection, page
from linli.cameras.queries.orders import orders
from linli.kernel.bodies import Input, Short, Tiny
from linli.kernel.periods import Period
from linli.kernel.working_days import local_date


class CameraOut(Schema):
    """A camera's entry and how it is; ``view`` is its field of view as a GeoJSON polygon."""

    id: UUID
    code: str
    name: str
    area: str
    place: str
    place_kind: str
    legal_class: str
    owner: UUID
    managing: UUID
    purpose: str
    latitude: float
    longitude: float
    height: float | None
    view: dict[str, Any] | None
    storage_days: int
    installed_on: date
    filed_on: date | None
    filing_due: date | None
    retired_on: date | None
    state: str
    state_since: datetime | None
    looked_at: datetime | None
    version: int


class CamerasOut(Schema):
    """A page of cameras; ``next`` begins the page that follows."""

    cameras: list[CameraOut]
    next: str | None


class OrderOut(Schema):
    """A work order."""

    id: UUID
    camera: UUID
    kind: str
    state: str
    unit: UUID
    opened_at: datetime
    due_at: datetime
    done_at: datetime | None
    closed_at: datetime | None
    note: str


class OrdersOut(Schema):
    """A page of work orders."""

    orders: list[OrderOut]
    next: str | None


class ShareOut(Schema):
    """How much of the time known there was a picture."""

    name: str
    cameras: int
    seen_seconds: int
    percent: float | None


class AvailabilityOut(Schema):
    """Availability of an area, and of each owner in it."""

    area: str
    total: ShareOut
    owners: list[ShareOut]


class CameraFilter(Schema):
    """Which cameras are asked for; all may be left out."""

    area: Annotated[str, Field(pattern=r"^[0-9]{0,15}$")] = ""
    state: Annotated[str, Field(max_length=14)] = ""
    legal_class: Annotated[str, Field(max_length=8)] = ""
    filing: Annotated[str, Field(max_length=8)] = ""
    owner: UUID | None = None
    words: Tiny = ""
    after: Annotated[str, Field(max_length=90)] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class CameraIn(Input):
    """A camera to be registered; a place where none may stand is refused."""

    code: Annotated[str, Field(max_length=40)]
    name: Annotated[str, Field(max_length=80)]
    area: Annotated[str, Field(pattern=r"^[0-9]{4,15}$")]
    place_kind: Annotated[str, Field(max_length=16)]
    legal_class: Annotated[str, Field(max_length=8)]
    owner: UUID
    managing: UUID
    purpose: Annotated[str, Field(max_length=200)]
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    storage_days: Annotated[int, Field(ge=0, le=10_000)]
    installed_on: date
    place: Short = ""
    height: Annotated[float, Field(ge=0, le=300)] | None = None
    heading: Annotated[float, Field(ge=0, le=360)] | None = None
    angle: Annotated[float, Field(ge=0, le=360)] | None = None
    reach: Annotated[float, Field(ge=0, le=5000)] | None = None


class MendedIn(Input):
    """What was done."""

    note: Annotated[str, Field(max_length=300)]


def _camera(row: Camera) -> dict[str, Any]:
    health = getattr(row, "health", None)
    same = (
        "id", "code", "name", "place", "place_kind", "legal_class", "purpose", "latitude",
        "longitude", "height", "storage_days", "installed_on", "filed_on", "filing_due",
        "retired_on", "version",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "area": row.area_id,
        "owner": row.owner_id,
        "managing": row.managing_id,
        "view": polygon(row.longitude, row.latitude, row.heading, row.angle, row.reach),
        "state": health.state if health else "unknown",
        "state_since": health.since if health else None,
        "looked_at": health.looked_at if health else None,
    }


def _order(row: WorkOrder) -> dict[str, Any]:
    same = ("id", "kind", "state", "opened_at", "due_at", "done_at", "closed_at", "note")
    found = {name: getattr(row, name) for name in same}
    return found | {"camera": row.camera_id, "unit": row.unit_id}


@router.get("/cameras", response=CamerasOut, summary="Cameras the caller may see")
@scoped("cameras:read")
def many(request: HttpRequest, asked: Query[CameraFilter]) -> Any:
    """Return a page of cameras by their codes."""
    actor = actor_of(request)
    permit(may_look(actor))
    selection = Selection(
        words=asked.words, area=asked.area, legal_class=asked.legal_class, owner=asked.owner,
        state=asked.state, filing=asked.filing,
    )  # fmt: skip
    today = local_date(timezone.now())
    rows, after = page(actor, selection, today, after=asked.after, size=asked.limit)
    return {"cameras": [_camera(row) for row in rows], "next": after or None}


@router.post("/cameras", response={201: CameraOut}, summary="Register a camera")
@scoped("cameras:write")
def register(request: HttpRequest, given: CameraIn) -> Any:
    """Enter a camera; 422 names the fields that can't be taken, also a forbidden place."""
    data = CameraData(**given.dict())
    camera = register_camera(data, actor=actor_of(request), at=timezone.now())
    return 201, _camera(camera)


@router.get("/cameras/orders", response=OrdersOut, summary="Work orders, the most urgent first")
@scoped("cameras:read")
def work_orders(
    request: HttpRequest,
    state: Annotated[str, Field(max_length=8)] = "open",
    after: Annotated[str, Field(max_length=10)] = "",
) -> Any:
    """Return a page of the work orders the caller may see."""
    actor = actor_of(request)
    permit(may_look(actor))
    rows, following = orders(actor, state=state, after=after)
    return {"orders": [_order(row) for row in rows], "next": following or None}


@router.post(
    "/cameras/orders/{uuid:order_id}/mended", response=OrderOut, summary="Say a camera is mended"
)
@scoped("cameras:write")
def mended(request: HttpRequest, order_id: UUID, given: MendedIn) -> Any:
    """Write down what was done; the next good look closes the order."""
    row = say_mended(order_id, note=given.note, actor=actor_of(request), at=timezone.now())
    return _order(row)


@router.get(
    "/cameras/availability", response=AvailabilityOut, summary="How much of the time had a picture"
)
@scoped("figures:read")
def availability(
    request: HttpRequest,
    area: Annotated[str, Field(pattern=r"^[0-9]{4,15}$")],
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
) -> Any:
    """Return the availability of an area over days; every role reads that of its area."""
    permit_figures(actor_of(request), area)
    find_area(area)
    period = Period(first, last)
    return {
        "area": area,
        "total": _share(total(area, period)),
        "owners": [_share(line) for line in by_owner(area, period)],
    }


def _share(line: Any) -> dict[str, Any]:
    return {
        "name": line.name, "cameras": line.cameras, "seen_seconds": line.seen,
        "percent": line.share,
    }  # fmt: skip


@router.get("/cameras/{uuid:camera_id}", response=CameraOut, summary="A camera")
@scoped("cameras:read")
def one(request: HttpRequest, camera_id: UUID) -> Any:
    """Return a camera with its field of view."""
    actor = actor_of(request)
    permit(may_look(actor))
    return _camera(camera_for(actor, camera_id))
