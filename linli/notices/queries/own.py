"""A person's own notices."""

from dataclasses import dataclass
from typing import Any

from linli.accounts.actor import Actor
from linli.kernel.paging import page_of
from linli.notices.models import Notice

PAGE = 30
# Further than this nobody counts.
MOST = 99


@dataclass(frozen=True, slots=True)
class Page:
    """Notices, the latest first, and the cursor of the next page (empty at the end)."""

    notices: list[Notice]
    after: str


def own(actor: Actor, *, unread: bool = False, after: str = "", most: int = PAGE) -> Page:
    """Return a page of the actor's notices older than the cursor ``after``."""
    found = Notice.objects.filter(user=actor.user_id)
    if unread:
        found = found.filter(read_at=None)
    return Page(*page_of(found, after, most))


def unread_count(actor: Actor) -> int:
    """Return how many notices are unread, at most one more than :data:`MOST`."""
    return Notice.objects.filter(user=actor.user_id, read_at=None)[: MOST + 1].count()


def newest_unread(actor: Actor) -> Notice | None:
    """Return the latest unread notice."""
    return Notice.objects.filter(user=actor.user_id, read_at=None).order_by("-at", "-id").first()


def unread(actor: Actor, person: str) -> dict[str, Any]:
    """Return what the stream tells a browser first: ``unread``."""
    return {"unread": unread_count(actor)}
