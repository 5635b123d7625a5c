"""Reset second factor: for somebody whose phone and recovery codes are gone."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actions.step import person, reason_of
from linli.accounts.actor import Actor
from linli.accounts.models import Remark, User
from linli.audit.record import record
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove


@transaction.atomic
def reset_second_factor(user_id: UUID, *, reason: str, actor: Actor, at: datetime) -> User:
    """Remove the factor and its codes. A role that asks for one asks again at the next sign-in."""
    user = person(user_id, actor, at)
    reason = reason_of(reason)
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise IllegalMove(_("This person has no second factor."))
    facts = {"reason": text_hash(reason, user.pk.bytes)}
    entry = record(
        "user", user.pk, "user.reset_second_factor", actor=actor.user_id, at=at, facts=facts
    )
    Remark.objects.create(entry=entry, user=user, text=reason)
    return user
