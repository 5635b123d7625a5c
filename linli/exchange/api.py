"""The JSON API of webhooks, for programs of the city's administrators."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from linli.accounts.actor import Actor, actor_of
from linli.accounts.gate import scoped
from linli.exchange.actions.pause import pause, resume, unsubscribe
from linli.exchange.actions.rotate_secret import rotate_secret
from linli.exchange.actions.send_test import send_test
from linli.exchange.actions.subscribe import Wish, change_subscription, subscribe
from linli.exchange.models import Subscription
from linli.exchange.policy import permit_management
from linli.exchange.queries import log, subscription, subscriptions

router = Router(tags=["webhooks"])


class WebhookIn(Schema):
    """What another system is told: event patterns, of an area (a code) and below, at its address."""

    name: str
    url: str
    patterns: list[str]
    area: str


class WebhookOut(WebhookIn):
    """A webhook. ``last_error`` is empty after a success."""

    id: UUID
    paused_at: datetime | None
    paused_by_failure: bool
    delivered_at: datetime | None
    failures: int
    last_error: str


class WebhookMade(WebhookOut):
    """A webhook with its secret, which is given this once."""

    secret: str


class MessageOut(Schema):
    """A message of the log; ``next_at`` is null once it is delivered or given up."""

    id: UUID
    event: str
    created_at: datetime
    tried: int
    next_at: datetime | None
    delivered_at: datetime | None


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    permit_management(actor)
    return actor


def _with_secret(row: Subscription, secret: str) -> dict[str, Any]:
    return {**WebhookOut.from_orm(row).dict(), "secret": secret}


@router.get("/webhooks", response=list[WebhookOut], summary="Webhooks")
@scoped("webhooks:write")
def every(request: HttpRequest) -> Any:
    """Return the webhooks of the caller's areas, by name."""
    return list(subscriptions(_keeper(request)))


@router.post("/webhooks", response={201: WebhookMade}, summary="Make a webhook")
@scoped("webhooks:write")
def create(request: HttpRequest, wish: WebhookIn) -> Any:
    """Subscribe an address to events; the secret is in this answer only."""
    row, secret = subscribe(Wish(**wish.dict()), actor=_keeper(request), at=timezone.now())
    return Status(201, _with_secret(row, secret))


@router.get("/webhooks/{uuid:key}", response=WebhookOut, summary="A webhook")
@scoped("webhooks:write")
def one(request: HttpRequest, key: UUID) -> Any:
    """Return one webhook."""
    return subscription(_keeper(request), key)


@router.put("/webhooks/{uuid:key}", response=WebhookOut, summary="Change a webhook")
@scoped("webhooks:write")
def change(request: HttpRequest, key: UUID, wish: WebhookIn) -> Any:
    """Write name, address, area and patterns anew."""
    given = Wish(**wish.dict())
    return change_subscription(key, given, actor=_keeper(request), at=timezone.now())


@router.delete("/webhooks/{uuid:key}", response={204: None}, summary="Remove a webhook")
@scoped("webhooks:write")
def remove(request: HttpRequest, key: UUID) -> Any:
    """Remove a webhook with its log."""
    unsubscribe(key, actor=_keeper(request), at=timezone.now())
    return Status(204, None)


@router.post("/webhooks/{uuid:key}/secret", response=WebhookMade, summary="Make a new secret")
@scoped("webhooks:write")
def rotate(request: HttpRequest, key: UUID) -> Any:
    """Make a new secret; for 24 hours the old one signs beside it."""
    return _with_secret(*rotate_secret(key, actor=_keeper(request), at=timezone.now()))


@router.post("/webhooks/{uuid:key}/test", response={202: MessageOut}, summary="Send a test")
@scoped("webhooks:write")
def test(request: HttpRequest, key: UUID) -> Any:
    """Put a test message in the queue; the log says what came of it."""
    return Status(202, send_test(key, actor=_keeper(request), at=timezone.now()))


@router.post("/webhooks/{uuid:key}/pause", response=WebhookOut, summary="Pause a webhook")
@scoped("webhooks:write")
def stop(request: HttpRequest, key: UUID) -> Any:
    """Send nothing until it is resumed."""
    return pause(key, actor=_keeper(request), at=timezone.now())


@router.post("/webhooks/{uuid:key}/resume", response=WebhookOut, summary="Resume a webhook")
@scoped("webhooks:write")
def go_on(request: HttpRequest, key: UUID) -> Any:
    """Send again, first what waited."""
    return resume(key, actor=_keeper(request), at=timezone.now())


@router.get("/webhooks/{uuid:key}/messages", response=list[MessageOut], summary="The log")
@scoped("webhooks:write")
def messages(request: HttpRequest, key: UUID) -> Any:
    """Return the latest messages, the latest first."""
    return list(log(subscription(_keeper(request), key)))
