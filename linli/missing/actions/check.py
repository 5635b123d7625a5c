"""Check: a line of the check list of the first hour is done, or it is not after all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import NotFound
from linli.missing.actions.look import open_for
from linli.missing.actions.step import note
from linli.missing.models import Check


@transaction.atomic
def check_item(search_id: UUID, item: str, done: bool, *, actor: Actor, at: datetime) -> Check:
    """Tick a line, or take the tick away."""
    search = open_for(search_id, actor)
    check = Check.objects.select_for_update().filter(search=search, item=item).first()
    if check is None:
        raise NotFound(_("There is no such line."))
    if bool(check.done_at) != done:
        check.done_at, check.done_by_id = (at, actor.user_id) if done else (None, None)
        check.save(update_fields=["done_at", "done_by"])
        note(search, "check", actor=actor, at=at, facts={"item": item, "done": done})
    return check
