"""A person's own notices."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.notices.models import Notice

PAGE = 30
# Further than this nobody counts.
MOST = 99
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    if place := read_cursor(after):
        at, pk = place
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=pk), at__lte=at)
    rows = list(found.order_by("-at", "-id")[: most + 1])
    more = len(rows) > most
    rows = rows[:most]
    return Page(rows, cursor_of(rows[-1].at, rows[-1].id) if more else "")


def unread_count(actor: Actor) -> int:
    """Return how many notices are unread, at most one more than :data:`MOST`."""
    return Notice.objects.filter(user=actor.user_id, read_at=None)[: MOST + 1].count()


def newest_unread(actor: Actor) -> Notice | None:
    """Return the latest unread notice."""
    return Notice.objects.filter(user=actor.user_id, read_at=None).order_by("-at", "-id").first()


def unread(actor: Actor, person: str) -> dict[str, Any]:
    """Return what the stream tells a browser first: ``unread``."""
    return {"unread": unread_count(actor)}


def cursor_of(at: datetime, pk: UUID) -> str:
    """Return the cursor of a row: microseconds and id."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1)}_{pk.hex}"


def read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """Return the moment and id of a cursor; None for what is none."""
    moment, _, pk = text.partition("_")
    if not (moment.isascii() and moment.isdecimal()) or len(text) > 60:
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), UUID(pk)
    except (OverflowError, ValueError):
        return None
