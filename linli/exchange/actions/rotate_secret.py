"""Rotate the secret: a new one at once, the old one beside it for a day."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.exchange.models import Subscription
from linli.exchange.queries import subscription
from linli.exchange.signing import new_secret
from linli.kernel.crypto import seal

OVERLAP = timedelta(hours=24)


@transaction.atomic
def rotate_secret(subscription_id: UUID, *, actor: Actor, at: datetime) -> tuple[Subscription, str]:
    """Return the subscription with its new secret, which is shown this once.

    For :data:`OVERLAP` messages carry both signatures, so that the receiver may change in its time.
    """
    row = subscription(actor, subscription_id, lock=True)
    secret = new_secret()
    row.old_secret, row.old_secret_until = row.secret, at + OVERLAP
    row.secret = seal(secret, row.pk.bytes)
    row.save(update_fields=["secret", "old_secret", "old_secret_until"])
    record("webhook", row.pk, "webhook.rotate_secret", actor=actor.user_id, at=at)
    return row, secret
