"""What is wanted now, as the database says, and telling it how that goes. As the owner."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from linli.cameras.media.inputs import MADE_UP
from linli.cameras.models import Feed, GrantCamera, Recording, SipChannel, Source
from linli.cameras.viewing_choices import FeedState

# Asked twice a second by each process that packs, when nobody looks at anything too: one statement
# that costs next to nothing.
_ANYTHING = """
SELECT EXISTS (SELECT FROM cameras_feed WHERE wanted_until > %s)
  OR EXISTS (SELECT FROM cameras_recording WHERE stopped_at IS NULL)
"""
# What can be packed; an ONVIF source names a device whose streams are sources of their own.
PACKED = ("rtsp", "hls", "gb28181")
# What can be asked for the past: over RTSP and HLS comes only what happens now.
RECORDERS = Q(protocol="gb28181") | Q(address__startswith=f"{MADE_UP}:")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A camera's video is wanted: live, what its recorder kept for a grant, or to be recorded."""

    kind: Literal["live", "playback", "recorded"]
    camera: UUID
    source: Source
    grant: UUID | None = None
    span: tuple[datetime, datetime] | None = None
    feed: UUID | None = None
    by_tcp: bool = False

    @property
    def key(self) -> tuple[str, UUID, UUID | None]:
        """What tells it from others."""
        return self.kind, self.camera, self.grant


def wanted(protocols: Sequence[str], now: datetime) -> list[Wanted]:
    """Return what is wanted of the cameras whose first source speaks one of ``protocols``.

    A feed without a grant that holds is not wanted, whoever asked for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ANYTHING, [now])
        if cursor.fetchone() == (False,):
            return []
    holds = Q(grant__valid_from__lte=now, grant__valid_until__gt=now, grant__ended_at=None)
    listed = GrantCamera.objects.filter(holds, camera=OuterRef("camera"))
    of_this = listed.filter(grant=OuterRef("grant"))
    feeds = list(
        Feed.objects.filter(wanted_until__gt=now)
        .filter(Q(Exists(of_this)) | Q(Exists(listed.filter(grant__mode="live")), grant=None))
        .select_related("grant")
    )
    recorded = list(
        Recording.objects.filter(stopped_at=None, camera__retired_on=None).values_list(
            "camera", flat=True
        )
    )
    live = [feed for feed in feeds if feed.grant is None]
    first = _first_sources({feed.camera_id for feed in live} | set(recorded))
    asked = [feed for feed in feeds if feed.grant is not None]
    recorders = _first_sources({feed.camera_id for feed in asked}, RECORDERS)
    found = [
        *(_of_feed(one, first[one.camera_id]) for one in live if one.camera_id in first),
        *(_of_feed(one, recorders[one.camera_id]) for one in asked if one.camera_id in recorders),
        *(Wanted("recorded", camera, first[camera]) for camera in recorded if camera in first),
    ]
    return _by_tcp([one for one in found if one.source.protocol in protocols])


def _by_tcp(found: list[Wanted]) -> list[Wanted]:
    """Note whose devices send by TCP."""
    channels = [one.source.channel for one in found if one.source.protocol == "gb28181"]
    if not channels:
        return found
    tcp = set(
        SipChannel.objects.filter(number__in=channels, device__by_tcp=True).values_list(
            "number", flat=True
        )
    )
    return [replace(one, by_tcp=one.source.channel in tcp) for one in found]


def _of_feed(feed: Feed, source: Source) -> Wanted:
    if feed.grant is None or feed.grant.starts is None or feed.grant.ends is None:
        return Wanted("live", feed.camera_id, source, feed=feed.id)
    span = (feed.grant.starts, feed.grant.ends)
    return Wanted("playback", feed.camera_id, source, feed.grant_id, span, feed.id)


def has_recorder(camera: UUID) -> bool:
    """Say whether a device can be asked for what it recorded of a camera."""
    return Source.objects.filter(RECORDERS, camera=camera).exists()


def _first_sources(cameras: set[UUID], condition: Q = Q()) -> dict[UUID, Source]:  # noqa: B008 - constant
    packed = Source.objects.filter(condition, camera__in=cameras, protocol__in=PACKED)
    found: dict[UUID, Source] = {}
    for source in packed.order_by("camera", "position", "id"):
        found.setdefault(source.camera_id, source)
    return found


def tell(wish: Wanted, state: str, said: str, now: datetime) -> None:
    """Write down how a wish goes, for the page that waits."""
    if wish.feed is not None:
        Feed.objects.filter(pk=wish.feed).update(state=state, said=said, changed_at=now)


def drop(wish: Wanted, now: datetime) -> None:
    """Nobody wants it any more."""
    if wish.feed is not None:
        Feed.objects.filter(pk=wish.feed, wanted_until__lte=now).delete()
        Feed.objects.filter(pk=wish.feed).update(state=FeedState.STOPPED, changed_at=now)
