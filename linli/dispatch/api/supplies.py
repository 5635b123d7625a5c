"""Stores, their stock and requests over the API; the order of experts, without names and numbers."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from ninja.responses import Status
from pydantic import Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import claimed, scoped
from linli.dispatch.actions import supplies as acts
from linli.dispatch.actions.stores import MOST, receive_supplies
from linli.dispatch.api.routes import router
from linli.dispatch.models import SupplyRequest
from linli.dispatch.queries import supplies as read
from linli.dispatch.queries.experts import orders
from linli.kernel.bodies import TEXT, Input, Key, Tiny
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date

Many = Annotated[int, Field(ge=1, le=MOST)]
Why = Annotated[str, Field(min_length=1, max_length=200, pattern=TEXT)]


class StoreOut(Schema):
    """A store and the unit that keeps it."""

    id: UUID
    name: str
    area: str
    unit: UUID
    address: str
    latitude: float | None
    longitude: float | None


class HoldingOut(Schema):
    """How much of a kind lies in a store; ``free`` is neither set aside nor expired."""

    kind: str
    measure: str
    on_hand: int
    committed: int
    expired: int
    free: int


class LotOut(Schema):
    """A lot that has expired or will soon."""

    id: UUID
    store: UUID
    kind: str
    on_hand: int
    expires_on: date


class ReceiveIn(Input):
    """Supplies that came in."""

    kind: Tiny
    quantity: Many
    expires_on: date | None = None
    mark: Annotated[str, Field(max_length=40, pattern=TEXT)] = ""


class RequestIn(Input):
    """What is asked of a store: kind → how many."""

    unit: UUID
    why: Why
    wanted: Annotated[dict[str, Many], Field(min_length=1, max_length=100)]
    incident: UUID | None = None


class BackIn(Input):
    """What comes back: kind → how many; the rest is used up."""

    back: Annotated[dict[str, Annotated[int, Field(ge=0, le=MOST)]], Field(max_length=100)]


class RequestOut(Schema):
    """A request: its state, and what was asked of each kind."""

    id: UUID
    store: UUID
    unit: UUID
    state: str
    why: str
    at: datetime
    wanted: dict[str, int]


class ReadyOut(Schema):
    """An expert in the order of a field; ``readiness`` is ready, busy, away or off_hours."""

    expert: UUID
    field: str
    place: int
    job: str
    organisation: str
    area: str
    readiness: str


@router.get("/stores", response=list[StoreOut], summary="The stores the caller sees")
@scoped("supplies:read")
def listing(request: HttpRequest) -> Any:
    """Return the open stores by area and name."""
    plain = ("id", "name", "address", "latitude", "longitude")
    return [
        {**{name: getattr(one, name) for name in plain}, "area": one.area_id, "unit": one.unit_id}
        for one in read.stores(actor_of(request))
    ]


@router.get(
    "/stores/{uuid:store_id}/stock", response=list[HoldingOut], summary="What lies in a store"
)
@scoped("supplies:read")
def stock(request: HttpRequest, store_id: UUID) -> Any:
    """Return the stock of a store by kind."""
    found = read.store_for(actor_of(request), store_id)
    return [
        {
            "kind": one.kind.code, "measure": one.kind.measure, "on_hand": one.on_hand,
            "committed": one.committed, "expired": one.expired, "free": one.free,
        }
        for one in read.holdings(found, local_date(timezone.now()))
    ]  # fmt: skip


@router.get("/supplies/expiring", response=list[LotOut], summary="What expires within thirty days")
@scoped("supplies:read")
def expiring(request: HttpRequest) -> Any:
    """Return the lots that have expired or will soon, the earliest first."""
    rows = read.expiring(actor_of(request), local_date(timezone.now()))[:500]
    return [
        {
            "id": lot.id, "store": lot.store_id, "kind": lot.kind_id, "on_hand": lot.on_hand,
            "expires_on": lot.expires_on,
        }
        for lot in rows
    ]  # fmt: skip


@router.post("/stores/{uuid:store_id}/receive", response={201: None}, summary="Supplies came in")
@scoped("supplies:write")
def receive(request: HttpRequest, store_id: UUID, came: ReceiveIn, key: Key = None) -> Any:
    """Take supplies in. The same key again takes nothing more in."""
    if not claimed(request, key, new_id()):
        receive_supplies(store_id, **came.dict(), actor=actor_of(request), at=timezone.now())
    return Status(201, None)


@router.post(
    "/stores/{uuid:store_id}/requests", response={201: RequestOut}, summary="Ask for supplies"
)
@scoped("supplies:write")
def ask(request: HttpRequest, store_id: UUID, asked: RequestIn, key: Key = None) -> Any:
    """Ask a store for supplies. The same key again gives the same request."""
    actor, fresh = actor_of(request), new_id()
    if first := claimed(request, key, fresh):
        return Status(201, _told(read.request_for(actor, first)))
    told = asked.dict()
    wanted = told.pop("wanted")
    made = acts.request_supplies(
        store_id, wanted, **told, actor=actor, at=timezone.now(), request_id=fresh
    )
    return Status(201, _told(made))


@router.get("/supply-requests/{uuid:request_id}", response=RequestOut, summary="One request")
@scoped("supplies:read")
def one(request: HttpRequest, request_id: UUID) -> Any:
    """Return a request with its state."""
    return _told(read.request_for(actor_of(request), request_id))


@router.post("/supply-requests/{uuid:request_id}/commit", response=RequestOut, summary="Set aside")
@scoped("supplies:write")
def commit(request: HttpRequest, request_id: UUID) -> Any:
    """Set everything aside that was asked for, or nothing."""
    return _told(acts.commit_supplies(request_id, actor=actor_of(request), at=timezone.now()))


@router.post("/supply-requests/{uuid:request_id}/release", response=RequestOut, summary="Hand out")
@scoped("supplies:write")
def release(request: HttpRequest, request_id: UUID) -> Any:
    """Hand out what is set aside."""
    return _told(acts.release_supplies(request_id, actor=actor_of(request), at=timezone.now()))


@router.post("/supply-requests/{uuid:request_id}/return", response=RequestOut, summary="Take back")
@scoped("supplies:write")
def give_back(request: HttpRequest, request_id: UUID, back: BackIn) -> Any:
    """Take back what was not used, and settle the request."""
    actor, at = actor_of(request), timezone.now()
    return _told(acts.return_supplies(request_id, back.back, actor=actor, at=at))


@router.post("/supply-requests/{uuid:request_id}/cancel", response=RequestOut, summary="Call off")
@scoped("supplies:write")
def cancel(request: HttpRequest, request_id: UUID) -> Any:
    """Call a request off; what was set aside is free again."""
    return _told(acts.cancel_supplies(request_id, actor=actor_of(request), at=timezone.now()))


@router.get("/experts", response=list[ReadyOut], summary="Experts in the order of their fields")
@scoped("supplies:read")
def experts(request: HttpRequest, field: Tiny = "") -> Any:
    """Return whom to call first; name and number are given by the page that writes the call down."""
    return [
        {
            "expert": line.expert.id, "field": order.field.code, "place": place,
            "job": line.expert.job, "organisation": line.expert.organisation,
            "area": line.expert.area_id, "readiness": line.readiness,
        }
        for order in orders(actor_of(request), timezone.now(), field=field)
        for place, line in enumerate(order.lines, 1)
    ]  # fmt: skip


def _told(found: SupplyRequest) -> dict[str, Any]:
    plain = ("id", "state", "why", "at")
    return {
        **{name: getattr(found, name) for name in plain},
        "store": found.store_id, "unit": found.unit_id,
        "wanted": dict(found.lines.values_list("kind", "quantity")),
    }  # fmt: skip
