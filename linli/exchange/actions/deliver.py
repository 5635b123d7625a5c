"""Deliver: send what waits for one subscription, in order, and write down each attempt.

A failure makes the whole target rest, longer each time, so that the order is kept. A message that
fails three times in a row steps aside, so that one the receiver chokes on does not hold up the rest.
"""

from datetime import datetime, timedelta
from uuid import UUID

import httpx
from django.db import transaction

from linli.audit.record import record
from linli.exchange.models import Attempt, Delivery, Subscription
from linli.exchange.queries import active, allowed_hosts, next_delivery, secrets_of
from linli.exchange.sending import Answer, post
from linli.exchange.signing import headers
from linli.exchange.targets import host_of

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
# How long to rest after the first, second, … failure.
RESTS = (
    timedelta(seconds=5), timedelta(seconds=30), 2 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE, _HOUR,
    2 * _HOUR, 4 * _HOUR, 8 * _HOUR, 12 * _HOUR,
)  # fmt: skip
# A target that took nothing for so long is paused until a person resumes it.
PATIENCE = timedelta(days=3)
STEPS_ASIDE_AFTER = 3
GONE = 410


def deliver_next(subscription_id: UUID, *, at: datetime) -> bool:
    """Send one message; say whether another may be sent at once.

    Only one process may do this for a subscription at a time; the queue's lock sees to it. No
    transaction is open while the other side is waited for. Killed in between, it sends again:
    receivers know a message by its ``webhook-id``.
    """
    row = active().filter(pk=subscription_id).first()
    if row is None or (row.next_at is not None and row.next_at > at):
        return False
    delivery = next_delivery(row, at)
    if delivery is None:
        return False
    url, body = httpx.URL(row.url), delivery.body.encode()
    sent = {
        "content-type": "application/json",
        "user-agent": "Linli",
        **headers(f"msg_{delivery.pk.hex}", body, secrets_of(row, at), at),
    }
    answer = post(url, body, sent, is_allowed=host_of(url) in allowed_hosts())
    _settle(row.pk, delivery.pk, answer, at)
    return answer.is_taken


@transaction.atomic
def _settle(subscription_id: UUID, delivery_id: UUID, answer: Answer, at: datetime) -> None:
    row = Subscription.objects.select_for_update().filter(pk=subscription_id).first()
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if row is None or delivery is None:
        return  # removed meanwhile
    Attempt.objects.create(
        delivery=delivery, at=at, status=answer.status, error=answer.error,
        milliseconds=answer.milliseconds,
    )  # fmt: skip
    delivery.tried += 1
    if answer.is_taken:
        delivery.delivered_at, delivery.next_at = at, None
        row.delivered_at, row.last_error = at, ""
        row.failures, row.failing_since, row.next_at = 0, None, None
    else:
        _rest(row, delivery, answer, at)
    delivery.save(update_fields=["tried", "delivered_at", "next_at"])
    row.save(
        update_fields=[
            "failures", "failing_since", "next_at", "delivered_at", "last_error", "paused_at",
            "paused_by_failure",
        ]
    )  # fmt: skip


def _rest(row: Subscription, delivery: Delivery, answer: Answer, at: datetime) -> None:
    row.failures += 1
    row.failing_since = row.failing_since or at
    row.last_error = answer.error if answer.error != "status" else str(answer.status)
    row.next_at = at + RESTS[min(row.failures, len(RESTS)) - 1]
    if delivery.tried >= len(RESTS):
        delivery.next_at = None
    elif delivery.tried >= STEPS_ASIDE_AFTER:
        # Longer than the target rests, so that another message has its turn first.
        delivery.next_at = at + RESTS[delivery.tried]
    if answer.status == GONE or at - row.failing_since >= PATIENCE:
        row.paused_at, row.paused_by_failure = at, True
        record("webhook", row.pk, "webhook.pause", actor=None, at=at, facts={"why": "failing"})
