"""The secret calendar address: make one, make another in its place, take it back."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.exchange.models import CalendarFeed
from linli.kernel.errors import NotPermitted


def digest_of(token: str) -> bytes:
    """Return the 32 bytes under which an address is stored."""
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def make_feed(*, actor: Actor, at: datetime) -> str:
    """Return a fresh secret for the actor's calendar; an older address stops working."""
    if actor.user_id is None or actor.token_scopes is not None:
        raise NotPermitted(_("Sign in to make a calendar address."))
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user_id=actor.user_id,
        defaults={
            "digest": digest_of(token), "language": get_language() or "", "created_at": at,
        },
    )  # fmt: skip
    record("user", actor.user_id, "user.make_feed", actor=actor.user_id, at=at)
    return token


@transaction.atomic
def revoke_feed(*, actor: Actor, at: datetime) -> None:
    """Let the actor's address stop working."""
    removed, _kinds = CalendarFeed.objects.filter(user=actor.user_id).delete()
    if removed and actor.user_id:
        record("user", actor.user_id, "user.revoke_feed", actor=actor.user_id, at=at)
