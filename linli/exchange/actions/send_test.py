"""Send a test, and send once more what was given up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.exchange.envelope import test_body
from linli.exchange.models import Delivery, Subscription
from linli.exchange.queries import subscription
from linli.kernel.errors import IllegalMove, NotFound

TEST = "webhook.test"


@transaction.atomic
def send_test(subscription_id: UUID, *, actor: Actor, at: datetime) -> Delivery:
    """Put a test message in the queue, also while others wait for a server that failed."""
    row = _running(subscription_id, actor)
    delivery = Delivery(
        subscription=row, event=TEST, body=test_body(at), created_at=at, next_at=at
    )  # fmt: skip
    delivery.save(force_insert=True)
    _wake(row)
    return delivery


@transaction.atomic
def send_again(subscription_id: UUID, delivery_id: UUID, *, actor: Actor, at: datetime) -> Delivery:
    """Send a message once more under its old id, so that the receiver knows it from before."""
    row = _running(subscription_id, actor)
    delivery = Delivery.objects.filter(subscription=row, pk=delivery_id).first()
    if delivery is None:
        raise NotFound(_("There is no such message."))
    delivery.next_at, delivery.tried, delivery.delivered_at = at, 0, None
    delivery.save(update_fields=["next_at", "tried", "delivered_at"])
    _wake(row)
    return delivery


def _running(subscription_id: UUID, actor: Actor) -> Subscription:
    row = subscription(actor, subscription_id, lock=True)
    if row.paused_at is not None:
        raise IllegalMove(_("The webhook is paused."), _("Resume it first."))
    return row


def _wake(row: Subscription) -> None:
    row.next_at = None
    row.save(update_fields=["next_at"])
