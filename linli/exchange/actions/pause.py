"""Pause, resume and remove a subscription."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.exchange.actions.subscribe import begin_reading
from linli.exchange.models import Subscription
from linli.exchange.queries import subscription


@transaction.atomic
def pause(subscription_id: UUID, *, actor: Actor, at: datetime) -> Subscription:
    """Send nothing until it is resumed; what happens meanwhile is not kept for it."""
    row = subscription(actor, subscription_id, lock=True)
    if row.paused_at is None:
        row.paused_at, row.paused_by_failure = at, False
        row.save(update_fields=["paused_at", "paused_by_failure"])
        record("webhook", row.pk, "webhook.pause", actor=actor.user_id, at=at)
    return row


@transaction.atomic
def resume(subscription_id: UUID, *, actor: Actor, at: datetime) -> Subscription:
    """Send again: first what waited when it was paused, then what happens from now on."""
    row = subscription(actor, subscription_id, lock=True)
    if row.paused_at is not None:
        begin_reading()
        row.paused_at, row.paused_by_failure = None, False
        row.failures, row.failing_since, row.next_at = 0, None, None
        row.save(
            update_fields=[
                "paused_at", "paused_by_failure", "failures", "failing_since", "next_at",
            ]
        )  # fmt: skip
        row.deliveries.filter(next_at__isnull=False).update(next_at=at, tried=0)
        record("webhook", row.pk, "webhook.resume", actor=actor.user_id, at=at)
    return row


@transaction.atomic
def unsubscribe(subscription_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Remove a subscription with its log."""
    row = subscription(actor, subscription_id, lock=True)
    key = row.pk
    row.delete()
    record("webhook", key, "webhook.unsubscribe", actor=actor.user_id, at=at)
