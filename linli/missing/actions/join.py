"""Join: a dispatcher or director of the area takes part, and that is on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.missing.actions.step import locked, note
from linli.missing.models import Member, Search
from linli.missing.policy import permit_decide, somebody


@transaction.atomic
def join_search(search_id: UUID, *, actor: Actor, at: datetime) -> Search:
    """Take part: from now on the actor reads what is in the search."""
    search = locked(search_id, actor)
    permit_decide(actor, search)
    _member, new = Member.objects.get_or_create(
        search=search, user_id=somebody(actor), defaults={"since": at}
    )
    if new:
        note(search, "join", actor=actor, at=at)
    return search
