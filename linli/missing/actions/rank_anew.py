"""Rank anew: time goes by, and the person with it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.missing.actions.look import open_for
from linli.missing.actions.replan import replan
from linli.missing.lifecycle import OPEN
from linli.missing.models import Belief, Search
from linli.notices.stream.publish import publish

# A belief older than this is drawn anew by itself.
STALE = timedelta(minutes=5)


@transaction.atomic
def rank_anew(search_id: UUID, *, actor: Actor, at: datetime) -> Search:
    """Draw where the person may be now, and rank everything by it."""
    search = open_for(search_id, actor)
    replan(search, at=at)
    publish(f"search:{search.id}", "search", {}, at=at)
    return search


def rank_stale(*, at: datetime) -> int:
    """Rank the searches anew whose belief has grown old; return how many."""
    fresh = Belief.objects.filter(at__gt=at - STALE).values("search")
    due = Search.objects.filter(state=OPEN, latitude__isnull=False).exclude(pk__in=fresh)
    count = 0
    for key in due.values_list("pk", flat=True):
        with transaction.atomic():
            search = Search.objects.select_for_update(skip_locked=True).filter(pk=key).first()
            if search is not None and search.state == OPEN and replan(search, at=at) is not None:
                count += 1
                publish(f"search:{search.id}", "search", {}, at=at)
    return count
