"""Create token: a key to the API for the person's own programs."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import ApiToken
from linli.accounts.tokens import SCOPES, digest_of, new_token
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotPermitted

LONGEST_DAYS = 366
MOST = 20


@transaction.atomic
def create_token(
    *, name: str, scopes: Collection[str], days: int, actor: Actor, at: datetime
) -> tuple[ApiToken, str]:
    """Save a token of the actor; return it with the text that is shown this once."""
    if actor.user_id is None or actor.token_scopes is not None:
        raise NotPermitted(_("Sign in to make a token."))
    wrong: dict[str, str] = {}
    if not 0 < len(name.strip()) <= 60:
        wrong["name"] = _("Write what the token is for, 60 characters at most.")
    if not scopes or not set(scopes) <= set(SCOPES):
        wrong["scopes"] = _("Choose at least one thing the token may do.")
    if not 1 <= days <= LONGEST_DAYS:
        wrong["days"] = _("From 1 to 366 days.")
    if wrong:
        raise Invalid(_("The token was not made."), wrong)
    valid = ApiToken.objects.filter(user=actor.user_id, revoked_at=None, expires_at__gt=at)
    if valid.count() >= MOST:
        raise Invalid(_("20 tokens at most: revoke one you no longer use."))
    raw = new_token()
    token = ApiToken(
        user_id=actor.user_id,
        name=name.strip(),
        digest=digest_of(raw),
        scopes=sorted(set(scopes)),
        expires_at=at + timedelta(days=days),
    )
    token.save(force_insert=True)
    facts = {"scopes": token.scopes, "expires": token.expires_at.isoformat()}
    record("token", token.pk, "token.create", actor=actor.user_id, at=at, facts=facts)
    return token, raw
