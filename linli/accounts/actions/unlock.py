"""Unlock: let somebody try again who mistyped too often."""

from datetime import datetime
from uuid import UUID

from axes.models import AccessAttempt
from django.core.cache import cache
from django.db import transaction

from linli.accounts.actions.step import person
from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.audit.record import record


@transaction.atomic
def unlock_person(user_id: UUID, *, actor: Actor, at: datetime) -> User:
    """Forget the failed attempts with this person's name, from whatever address."""
    user = person(user_id, actor, at)
    AccessAttempt.objects.filter(username=user.username.casefold()).delete()
    cache.delete(f"locked-out:{user.pk}")
    record("user", user.pk, "user.unlock", actor=actor.user_id, at=at)
    return user
