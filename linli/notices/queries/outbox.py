"""The outbox: what was told to whom and why, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from linli.kernel.paging import page_of
from linli.notices.models import Gateway, Message

PAGE = 50
FILTERS = ("channel", "state", "kind")


@dataclass(frozen=True, slots=True)
class Page:
    """Messages, the latest first, and the cursor of the next page (empty at the end)."""

    messages: list[Message]
    after: str


def outbox(chosen: dict[str, str], *, after: str = "", most: int = PAGE) -> Page:
    """Return a page of messages, filtered by any of :data:`FILTERS`, older than the cursor."""
    found = Message.objects.select_related("user", "gateway").filter(
        **{name: chosen[name] for name in FILTERS if chosen.get(name)}
    )
    return Page(*page_of(found, after, most))


def counts() -> dict[str, int]:
    """Return how many messages are in each state that asks for attention."""
    rows = (
        Message.objects.exclude(state="sent")
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def channels_due(at: datetime) -> Sequence[str]:
    """Return the channels by which something is due now, those without a working gateway too."""
    due = Message.objects.filter(state="queued", not_before__lte=at)
    names = list(due.order_by().values_list("channel", flat=True).distinct())
    paused = set(
        Gateway.objects.filter(is_on=True, paused_until__gt=at).values_list("sort", flat=True)
    )
    return [name for name in names if name not in paused]
