"""Revoke token: it stops working at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import ApiToken
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound


@transaction.atomic
def revoke_token(token_id: UUID, *, actor: Actor, at: datetime) -> ApiToken:
    """End one of the actor's own tokens."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, user=actor.user_id).first()
    if token is None:
        raise NotFound(_("There is no such token."))
    if token.revoked_at is not None:
        raise IllegalMove(_("This token was already revoked."))
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("token", token.pk, "token.revoke", actor=actor.user_id, at=at)
    return token
