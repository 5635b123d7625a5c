"""Reset password: a one-time password for somebody who forgot theirs."""

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
def reset_password(user_id: UUID, *, actor: Actor, at: datetime) -> tuple[User, str]:
    """Replace the password, which ends every session; return the person and the new one."""
    user = person(user_id, actor, at)
    if not user.is_active:
        raise IllegalMove(_("This account is closed."), _("Open it again first."))
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.loopback_only = False
    user.save(update_fields=["password", "must_change_password", "loopback_only"])
    record("user", user.pk, "user.reset_password", actor=actor.user_id, at=at)
    return user, password
