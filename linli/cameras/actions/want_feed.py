"""Want a camera's video: as long as somebody asks, it is packed."""

from datetime import datetime, timedelta
from uuid import UUID

from linli.cameras.models import Feed
from linli.cameras.viewing_choices import FeedState

# Nobody asked for so long: it stops. A request writes only when half of it is gone.
KEPT = timedelta(seconds=30)


def want_feed(camera: UUID, *, at: datetime, grant: UUID | None = None) -> Feed:
    """Have a camera's video packed (what its recorder kept, for one ``grant``) and return how it is."""
    feed = Feed.objects.filter(camera=camera, grant=grant).first()
    if feed is not None and feed.wanted_until > at + KEPT / 2:
        return feed
    if feed is None:
        fresh = Feed(camera_id=camera, grant_id=grant, wanted_until=at + KEPT, changed_at=at)
        Feed.objects.bulk_create([fresh], ignore_conflicts=True)
        return fresh
    if feed.wanted_until <= at:
        feed.state, feed.said, feed.changed_at = FeedState.ASKED, "", at
    feed.wanted_until = at + KEPT
    feed.save(update_fields=["wanted_until", "state", "said", "changed_at"])
    return feed
