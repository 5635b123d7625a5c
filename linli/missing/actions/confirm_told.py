"""Confirm: a hospital or a station was told, by whom and when; or it was not after all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import NotFound
from linli.missing.actions.look import open_for
from linli.missing.actions.step import note
from linli.missing.models import Telling


@transaction.atomic
def confirm_told(telling_id: UUID, done: bool, *, actor: Actor, at: datetime) -> Telling:
    """Write down that somebody called the place, or take it back."""
    found = Telling.objects.filter(pk=telling_id).values_list("search", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such place to be told."))
    search = open_for(found, actor)
    telling = Telling.objects.select_for_update().get(pk=telling_id)
    if bool(telling.told_at) != done:
        telling.told_at, telling.told_by_id = (at, actor.user_id) if done else (None, None)
        telling.save(update_fields=["told_at", "told_by"])
        facts = {"premises": str(telling.premises_id), "done": done}
        note(search, "confirm_told", actor=actor, at=at, facts=facts)
    return telling
