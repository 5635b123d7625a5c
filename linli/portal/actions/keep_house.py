"""Keep house: the administrator writes the pages, sets the rules, hands out keys for Open311."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import NotFound, NotPermitted
from linli.portal.models import ClientKey, InfoPage, Terms
from linli.portal.policy import may_keep_house
from linli.portal.receipts import hash_of


@transaction.atomic
def edit_page(slug: str, fields: Mapping[str, Any], *, actor: Actor, at: datetime) -> InfoPage:
    """Write a page; a new one where there is none under this address."""
    _permit(actor)
    row, made = InfoPage.objects.get_or_create(slug=slug)
    for name in ("title", "title_en", "body", "body_en", "position", "shown"):
        setattr(row, name, fields[name])
    row.save()
    facts = {"new": made, "shown": row.shown}
    record("portal_page", slug, "portal.edit_page", actor=actor.user_id, at=at, facts=facts)
    return row


@transaction.atomic
def set_terms(fields: Mapping[str, Any], *, actor: Actor, at: datetime) -> Terms:
    """Set the rules of the residents' door."""
    _permit(actor)
    row, _made = Terms.objects.get_or_create(pk=1)
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    facts = {name: value for name, value in changed.items() if not name.startswith("hours")}
    record("portal", "terms", "portal.set_terms", actor=actor.user_id, at=at, facts=facts)
    return row


@transaction.atomic
def give_key(name: str, *, actor: Actor, at: datetime) -> str:
    """Make a key for a client of Open311, and return it: it is shown this once."""
    _permit(actor)
    key = secrets.token_urlsafe(32)
    row = ClientKey(name=name, key_hash=hash_of(key), made_at=at)
    row.save(force_insert=True)
    record("portal_key", row.id, "portal.give_key", actor=actor.user_id, at=at)
    return key


@transaction.atomic
def revoke_key(key_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Make a key worthless."""
    _permit(actor)
    row = ClientKey.objects.filter(pk=key_id, revoked_at=None).first()
    if row is None:
        raise NotFound(_("There is no such key here."))
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    record("portal_key", row.id, "portal.revoke_key", actor=actor.user_id, at=at)


def _permit(actor: Actor) -> None:
    if not may_keep_house(actor):
        raise NotPermitted(_("Only an administrator of the city can do this."))
