"""Deactivate: a person who leaves can no longer sign in; roles end, open cases are handed on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actions.step import person, reason_of
from linli.accounts.actor import Actor
from linli.accounts.models import ApiToken, Remark, Role, User
from linli.audit.record import record
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove
from linli.kernel.working_days import local_date


@transaction.atomic
def deactivate_person(
    user_id: UUID, *, reason: str, actor: Actor, at: datetime, successor: UUID | None = None
) -> User:
    """Shut the account, end its roles today, revoke its tokens.

    Sessions end by themselves: the next request finds no active user. The reaction hands the
    person's open cases to ``successor``, where they work in the same unit, else back to the queue.
    """
    user = person(user_id, actor, at)
    if not user.is_active:
        raise IllegalMove(_("This account is already closed."))
    reason = reason_of(reason)
    today = local_date(at)
    user.is_active = False
    user.save(update_fields=["is_active"])
    lasting = Role.objects.filter(Q(ends=None) | Q(ends__gt=today), user=user)
    lasting.filter(starts__gt=today).delete()
    lasting.filter(starts__lte=today).update(ends=today)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    facts = {
        "reason": text_hash(reason, user.pk.bytes),
        "successor": str(successor) if successor else None,
        "by": str(actor.user_id) if actor.user_id else None,
        "at": at.isoformat(),
    }
    entry = record("user", user.pk, "user.deactivate", actor=actor.user_id, at=at, facts=facts)
    Remark.objects.create(entry=entry, user=user, text=reason)
    return user
