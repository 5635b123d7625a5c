"""Reactivate: a person comes back; roles are granted anew."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actions.step import person
from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.accounts.passwords import one_time_password
from linli.audit.record import record
from linli.kernel.errors import IllegalMove


@transaction.atomic
def reactivate_person(user_id: UUID, *, actor: Actor, at: datetime) -> tuple[User, str]:
    """Open the account again with a one-time password; return both."""
    user = person(user_id, actor, at)
    if user.is_active:
        raise IllegalMove(_("This account is open."))
    password = one_time_password()
    user.set_password(password)
    user.is_active = user.must_change_password = True
    user.loopback_only = False
    user.save(update_fields=["is_active", "password", "must_change_password", "loopback_only"])
    record("user", user.pk, "user.reactivate", actor=actor.user_id, at=at)
    return user, password
