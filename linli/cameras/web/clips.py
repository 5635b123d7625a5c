"""Clips and stills: ordered under a grant, looked at by a second person, handed out."""

from datetime import UTC, datetime, timedelta
from math import ceil, floor
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.accounts.scope import acting, own_transactions
from linli.audit.record import record
from linli.cameras.actions.cut_clip import hand_out, look_at_clip, order_clip, path_of
from linli.cameras.actions.give_segment import give_segment
from linli.cameras.actions.refuse_video import noting_refusals
from linli.cameras.media import drafts, store
from linli.cameras.media.cutting import CutError, Order, preview_jpeg
from linli.cameras.media.pieces import hold
from linli.cameras.models import Clip, Grant
from linli.cameras.queries.permits import may_request_segment
from linli.cameras.queries.viewing import is_trained, known_to, viewing_roles
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Cause, ClipKind, ClipState, Mode
from linli.cameras.web.clip_forms import CutForm
from linli.cameras.web.trails import to_case, to_video
from linli.cameras.web.video import permit_page, refused
from linli.kernel.caching import private
from linli.kernel.errors import Invalid, NotFound, Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.ids import new_id

TYPES = {ClipKind.CLIP: "video/mp4", ClipKind.STILL: "image/jpeg"}


@own_transactions
@require_http_methods(["GET", "POST"])
def cut(request: HttpRequest, grant_id: UUID, camera_id: UUID) -> HttpResponse:
    """Ask what is to be cut, and order it."""
    actor, at = actor_of(request), timezone.now()
    form: CutForm | None = None
    try:
        with noting_refusals(actor, at, camera=camera_id, grant=grant_id):
            grant = may_request_segment(actor, grant_id, camera_id, at, mode=None).grant
            draft = _draft(request, grant, camera_id, at)
            starts, ends = _offered(grant, camera_id, draft, at)
            form = CutForm(request.POST or None, starts=starts, ends=ends, draft=draft)
            if request.method == "POST" and form.is_valid():
                clip = order_clip(grant_id, camera_id, form.cut(), actor=actor, at=at, draft=draft)
                return redirect("cameras:clip", clip.id)
    except Invalid as wrong:
        if form is not None:
            show_refusal(form, wrong)
    except Refused as why:
        return refused(request, actor, why)
    with acting(actor):
        context = {
            "form": form, "grant": grant, "camera_id": camera_id, "starts": starts, "draft": draft,
            "is_live": grant.mode == Mode.LIVE, "trail": to_case(grant.case),
        }  # fmt: skip
        status = 422 if form is not None and form.errors else 200
        return private(render(request, "cameras/cut.html", context, status=status))


def _draft(request: HttpRequest, grant: Grant, camera: UUID, at: datetime) -> int | None:
    """Return the number of what is kept of live video for this form; it is kept when it opens."""
    if grant.mode != Mode.LIVE:
        return None
    if request.method == "POST":
        return _number(request.POST.get("draft"))
    drafts.free_old(at)
    return drafts.lay(grant.id, camera, at)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 12 else None


def _offered(
    grant: Grant, camera: UUID, draft: int | None, at: datetime
) -> tuple[datetime, datetime]:
    if grant.mode != Mode.LIVE and grant.starts is not None and grant.ends is not None:
        return grant.starts, min(grant.ends, grant.starts + timedelta(seconds=30))
    kept = drafts.read(grant.id, camera, draft) if draft is not None else []
    if not kept:
        return at - drafts.LAST, at
    return _moment(ceil(kept[0].begins)), _moment(floor(kept[-1].ends))


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


@own_transactions
@require_GET
def preview(request: HttpRequest, grant_id: UUID, camera_id: UUID) -> HttpResponse:
    """Answer one marked picture of a moment, to draw boxes on; given out and logged as a segment."""
    actor, now = actor_of(request), timezone.now()
    moment = parse_datetime(request.GET.get("at", "")) or now
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    folder = store.root() / "previews" / str(new_id())
    try:
        with noting_refusals(actor, now, camera=camera_id, grant=grant_id):
            permit = may_request_segment(
                actor, grant_id, camera_id, now, mode=None, span=_inside(moment, grant_id)
            )
            draft = _number(request.GET.get("draft"))
            picture = _picture(permit.grant, camera_id, moment, folder, draft)
            give_segment(permit, f"preview:{moment:%Y%m%dT%H%M%S%z}", actor=actor, at=now)
    except VideoRefused as why:
        return private(HttpResponse(str(why.reason), status=why.status))
    except CutError:
        return private(HttpResponse(status=404))
    finally:
        store.free(folder)
    return private(HttpResponse(picture, content_type="image/jpeg"))


def _inside(moment: datetime, grant_id: UUID) -> tuple[datetime, datetime] | None:
    recorded = Grant.objects.filter(pk=grant_id, mode=Mode.RECORDED).exists()
    return (moment, moment) if recorded else None


def _picture(
    grant: Grant, camera: UUID, moment: datetime, folder: Path, draft: int | None
) -> bytes:
    found = drafts.shown(grant, camera, moment, moment + timedelta(seconds=1), draft)
    kept = hold(found, folder)
    second = moment.timestamp()
    order = Order(kept, second, second + 1, f"{grant.viewer_name} {grant.case.number}", False)
    return preview_jpeg(order)


def _known(actor: Actor, clip_id: UUID) -> Clip:
    clip = (
        Clip.objects.select_related("grant__case", "camera", "made_by", "looked_by")
        .filter(pk=clip_id)
        .first()
    )
    known = clip is not None and Grant.objects.filter(known_to(actor), pk=clip.grant_id).exists()
    if clip is None or not known:
        raise NotFound(_("There is no such clip here."))
    return clip


@require_GET
def clips(request: HttpRequest) -> HttpResponse:
    """List the clips of the person's area, those that wait first."""
    actor = actor_of(request)
    permit_page(actor)
    known = Grant.objects.filter(known_to(actor)).values("id")
    found = Clip.objects.filter(grant__in=known).select_related(
        "camera", "grant__case", "made_by", "looked_by"
    )
    waiting = found.filter(state=ClipState.READY).exclude(made_by=actor.user_id)
    context = {
        "waiting": waiting[:50], "clips": found.order_by("-made_at")[:60], "trail": to_video(),
    }  # fmt: skip
    return render(request, "cameras/clips.html", context)


@require_GET
def clip(request: HttpRequest, clip_id: UUID) -> HttpResponse:
    """Show a clip: how far it is, and to whom it concerns what may be done."""
    actor, at = actor_of(request), timezone.now()
    found = _known(actor, clip_id)
    looks = bool(viewing_roles(actor, found.grant.area)) and is_trained(actor, at)
    context: dict[str, Any] = {
        "clip": found,
        "is_there": found.state in (ClipState.READY, ClipState.APPROVED),
        "may_decide": looks
        and found.state == ClipState.READY
        and found.made_by_id != actor.user_id,
        "may_hand_out": looks and found.state == ClipState.APPROVED,
        "looks": looks,
        "trail": [*to_video(), (reverse("cameras:clips"), _("Clips and stills"))],
    }
    return private(render(request, "cameras/clip.html", context))


@own_transactions
@require_GET
def file(request: HttpRequest, clip_id: UUID) -> HttpResponseBase:
    """Show a clip inside the house, for its maker and for the second look; logged each time."""
    actor, at = actor_of(request), timezone.now()
    try:
        with noting_refusals(actor, at):
            found = _known(actor, clip_id)
            if not (viewing_roles(actor, found.grant.area) and is_trained(actor, at)):
                raise VideoRefused(Cause.UNTRAINED, _("Your training for video has run out."))
            path = path_of(found)
            if found.state not in (ClipState.READY, ClipState.APPROVED) or not path.is_file():
                raise NotFound(_("There is no such clip here."))
            facts = {"clip": str(found.id), "grant": str(found.grant_id)}
            record(
                "camera", found.camera_id, "video.segment", actor=actor.user_id, at=at, facts=facts
            )
    except Refused as why:
        return refused(request, actor, why)
    kind = TYPES[ClipKind(found.kind)]
    return private(FileResponse(path.open("rb"), content_type=kind))  # type: ignore[type-var]


@own_transactions
@require_POST
def decide(request: HttpRequest, clip_id: UUID) -> HttpResponse:
    """Say after a second look whether a clip may leave."""
    actor, at = actor_of(request), timezone.now()
    approve = request.POST.get("decision") == "approve"
    try:
        with noting_refusals(actor, at):
            look_at_clip(clip_id, approve=approve, actor=actor, at=at)
    except Refused as why:
        return refused(request, actor, why)
    messages.success(request, _("Your decision was written down."))
    return redirect("cameras:clips")


@own_transactions
@require_POST
def take(request: HttpRequest, clip_id: UUID) -> HttpResponseBase:
    """Hand a clip out: the file itself, once a second person has agreed."""
    actor, at = actor_of(request), timezone.now()
    try:
        with noting_refusals(actor, at):
            found = hand_out(clip_id, actor=actor, at=at)
    except Refused as why:
        return refused(request, actor, why)
    ending = "mp4" if found.kind == ClipKind.CLIP else "jpg"
    response = FileResponse(
        path_of(found).open("rb"), as_attachment=True, filename=f"{found.id}.{ending}"
    )
    return private(response)  # type: ignore[type-var]
