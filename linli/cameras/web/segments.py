"""The door of all video: playlists and segments, each asked for, judged and logged by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from linli.accounts.actor import actor_of
from linli.accounts.scope import own_transactions
from linli.cameras.actions.give_segment import give_segment
from linli.cameras.actions.refuse_video import noting_refusals
from linli.cameras.actions.want_feed import want_feed
from linli.cameras.media import external, store
from linli.cameras.media.wanted import has_recorder
from linli.cameras.models import Feed
from linli.cameras.queries.permits import Permit, may_request_segment
from linli.cameras.queries.viewing import left
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Cause, Mode

PLAYLIST_TYPE, SEGMENT_TYPE = "application/vnd.apple.mpegurl", "video/mp2t"


def _refused(refused: VideoRefused) -> HttpResponse:
    if refused.too_often:
        return _unkept(HttpResponse(status=429))
    status = 401 if refused.cause == Cause.SIGNED_OUT else 403
    said = {"cause": str(refused.cause), "reason": str(refused.reason), "hint": str(refused.hint)}
    return _unkept(JsonResponse(said, status=status))


def _unkept[R: HttpResponseBase](response: R) -> R:
    patch_cache_control(response, no_store=True, private=True)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@own_transactions
@require_safe
def playlist(request: HttpRequest, grant_id: UUID, camera_id: UUID) -> HttpResponseBase:
    """Answer the playlist of a grant's camera, if the grant holds; 404 while there is none yet."""
    actor, at = actor_of(request), timezone.now()
    mode = _mode(request.path)
    try:
        with noting_refusals(actor, at, mode=mode, camera=camera_id, grant=grant_id):
            permit = may_request_segment(actor, grant_id, camera_id, at, mode=mode)
            text, _feed = _playlist(permit, at)
    except VideoRefused as refused:
        return _refused(refused)
    if text is None:
        return _unkept(HttpResponse(status=404))
    return _unkept(HttpResponse(text, content_type=PLAYLIST_TYPE))


def _mode(path: str) -> str:
    return Mode.LIVE if path.endswith(store.PLAYLIST) else Mode.RECORDED


def _playlist(permit: Permit, at: datetime) -> tuple[str | None, Feed | None]:
    """Return the playlist, None while there is none, and the feed that makes it, None where none can.

    What Linli recorded itself needs no feed. The feed is kept wanted.
    """
    if permit.grant.mode == Mode.LIVE:
        feed = want_feed(permit.camera, at=at)
        return _text(store.live(permit.camera) / store.PLAYLIST), feed
    starts, ends = permit.grant.starts, permit.grant.ends
    if starts is not None and ends is not None:
        found = list(store.recordings(permit.camera, starts, ends))
        if found:
            return recorded_playlist(found), None
    # What Linli did not record itself, the camera's recorder may have, where there is one to ask.
    if not has_recorder(permit.camera):
        return None, None
    feed = want_feed(permit.camera, at=at, grant=permit.grant.id)
    return _text(store.playback(permit.grant.id, permit.camera) / store.PLAYLIST), feed


def _text(path: Path) -> str | None:
    try:
        return path.read_text()
    except OSError:
        return None


def recorded_playlist(found: list[tuple[int, int]]) -> str:
    """Return a playlist of recordings, each with the moment it was taken."""
    longest = max(length for _, length in found)
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{longest}"]
    lines += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-MEDIA-SEQUENCE:0"]
    for second, length in found:
        moment = datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        # Each recording counts its own time from nought.
        lines += ["#EXT-X-DISCONTINUITY", f"#EXT-X-PROGRAM-DATE-TIME:{moment}"]
        lines += [f"#EXTINF:{length}.0,", str(store.Name("recorded", second))]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


@login_not_required
@own_transactions
@require_safe
def segment(request: HttpRequest, grant_id: UUID, camera_id: UUID, name: str) -> HttpResponseBase:
    """Give out one segment: judged, logged, then read from where nothing else can reach it."""
    actor, at = actor_of(request), timezone.now()
    read = store.read_name(name)
    mode = Mode.LIVE if read is None or read.kind == "live" else Mode.RECORDED
    try:
        with noting_refusals(actor, at, mode=mode, camera=camera_id, grant=grant_id):
            span = _span(read, camera_id)
            permit = may_request_segment(actor, grant_id, camera_id, at, mode=mode, span=span)
            if read is None:
                raise VideoRefused(Cause.BAD_NAME, "")
            path = store.segment(read, camera=camera_id, grant=grant_id)
            if not path.is_file():
                return _unkept(HttpResponse(status=404))
            give_segment(permit, name, actor=actor, at=at)
            file = path.open("rb")
    except VideoRefused as refused:
        return _refused(refused)
    return _unkept(FileResponse(file, content_type=SEGMENT_TYPE))


def _span(read: store.Name | None, camera: UUID) -> tuple[datetime, datetime] | None:
    """Return what a recorded segment shows; None where that is not told by its name."""
    if read is None or read.kind != "recorded" or read.number > 253_402_300_000:
        return None
    starts = datetime.fromtimestamp(read.number, UTC)
    near = store.recordings(camera, starts, starts + timedelta(seconds=60))
    length = next((length for second, length in near if second == read.number), 10)
    return starts, starts + timedelta(seconds=length)


@login_not_required
@own_transactions
@require_safe
def state(request: HttpRequest, grant_id: UUID, camera_id: UUID) -> HttpResponseBase:
    """Tell the player how its video is, and how long it may look; keeps the video wanted."""
    actor, at = actor_of(request), timezone.now()
    try:
        with noting_refusals(actor, at, camera=camera_id, grant=grant_id):
            permit = may_request_segment(actor, grant_id, camera_id, at, mode=None)
            elsewhere = external.is_used() and permit.grant.mode == Mode.LIVE
            text, feed = ("", None) if elsewhere else _playlist(permit, at)
    except VideoRefused as refused:
        return _refused(refused)
    ready, seconds = text is not None, int(left(permit.grant, at).total_seconds())
    how = "running" if ready else feed.state if feed else "nothing"
    said = {"ready": ready, "left": seconds, "state": how}
    return _unkept(JsonResponse(said))


@login_not_required
@own_transactions
@require_safe
def stray(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Refuse, and write down, every other address below the door: no way round it is left unlogged."""
    actor, at = actor_of(request), timezone.now()
    try:
        with noting_refusals(actor, at):
            cause = Cause.BAD_NAME if actor.user_id else Cause.SIGNED_OUT
            raise VideoRefused(cause, "")
    except VideoRefused as refused:
        return _refused(refused)
