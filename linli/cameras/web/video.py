"""The pages of viewing: for a case, the player, what waits for a second person, and what is open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.accounts.scope import acting, own_transactions
from linli.areas.models import Unit
from linli.cameras.actions.ask_grant import ask_grant
from linli.cameras.actions.consent_grant import consent_grant, decline_grant
from linli.cameras.actions.end_grant import end_grant
from linli.cameras.actions.refuse_video import noting_refusals
from linli.cameras.models import Grant, Refusal
from linli.cameras.policy import may_look, permit
from linli.cameras.queries.permits import may_request_segment
from linli.cameras.queries.viewing import (
    VIEWERS,
    is_trained,
    known_to,
    left,
    log_of,
    matching,
    refusals_of,
    rules,
    viewing_roles,
)
from linli.cameras.streams import playlist_of
from linli.cameras.viewing import VideoRefused, around, recorded_window
from linli.cameras.viewing_choices import Cause
from linli.cameras.web.trails import to_case, to_rooms_door
from linli.cameras.web.viewing_forms import AskForm
from linli.cases import lifecycle as of_case
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.cases.policy import visible_to
from linli.kernel.caching import private
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.ids import read_id
from linli.kernel.paging import page_of

PAGE = 50


def refused(request: HttpRequest, actor: Actor, why: Refused) -> HttpResponse:
    """Answer a refusal with a page of its own, which says that the attempt was written down."""
    with acting(actor):
        noted = isinstance(why, VideoRefused)
        context = {"refusal": why, "noted": noted}
        return render(request, "cameras/video_refused.html", context, status=why.status)


def permit_page(actor: Actor) -> None:
    """Raise :class:`NotPermitted` for whoever has nothing to do with video."""
    if not actor.holds(*VIEWERS):
        raise NotPermitted(_("Video is opened by dispatchers and directors of the area."))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what the person may look at now, what waits for consent, and what was looked at."""
    actor, at = actor_of(request), timezone.now()
    permit_page(actor)
    known = Grant.objects.filter(known_to(actor)).select_related("case", "unit", "consented_by")
    waiting = known.filter(valid_from=None, ended_at=None)
    context = {
        "trained": is_trained(actor, at),
        "open": known.filter(viewer=actor.user_id, ended_at=None, valid_until__gt=at),
        "own_waiting": waiting.filter(viewer=actor.user_id),
        "to_decide": waiting.exclude(viewer=actor.user_id).order_by("asked_at")[:50],
        "recent": known.exclude(valid_from=None).order_by("-asked_at")[:30],
    }
    return render(request, "cameras/video.html", context)


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Show who looked at what and why, or with ``?what=refused`` who was refused; newest first."""
    actor = actor_of(request)
    permit(may_look(actor))
    is_refused = request.GET.get("what") == "refused"
    show = _refusals if is_refused else _looks
    rows, after = show(actor, request.GET.get("after", ""))
    context = {
        "rows": rows, "after": after, "is_refused": is_refused, "trail": to_rooms_door(actor),
    }  # fmt: skip
    return render(request, "cameras/video_log.html", context)


def _refusals(actor: Actor, after: str) -> tuple[list[Refusal], str]:
    return page_of(refusals_of(actor), after, PAGE)


def _looks(actor: Actor, after: str) -> tuple[list[tuple[Grant, str]], str]:
    """Return a page of looks, each with the title of its case where the actor may know it."""
    found = log_of(actor).annotate(at=F("asked_at")).prefetch_related("cameras__camera")
    rows, following = page_of(found, after, PAGE)
    known = Case.objects.filter(visible_to(actor), pk__in={one.case_id for one in rows})
    titles = dict(known.values_list("id", "title"))
    return [(one, titles.get(one.case_id, "")) for one in rows], following


@own_transactions
@require_http_methods(["GET", "POST"])
def for_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for video of the cameras that match a case: purpose, reason and unit first."""
    actor, at = actor_of(request), timezone.now()
    try:
        with acting(actor):
            permit_page(actor)
            form, context = _ask_page(request, actor, case_id, at)
        if request.method == "POST" and form is not None and form.is_valid():
            wish = form.wish()
            first = wish.cameras[0] if wish.cameras else None
            with noting_refusals(actor, at, mode=wish.mode, camera=first, case=case_id):
                grant = ask_grant(case_id, wish, actor=actor, at=at)
            return redirect("cameras:watch", grant.id)
    except Invalid as wrong:
        if form is not None:
            show_refusal(form, wrong)
    except Refused as why:
        return refused(request, actor, why)
    with acting(actor):
        status = 422 if form is not None and form.errors else 200
        return render(request, "cameras/video_case.html", context, status=status)


def _ask_page(
    request: HttpRequest, actor: Actor, case_id: UUID, at: datetime
) -> tuple[AskForm | None, dict[str, Any]]:
    """Return the form, None where video can't be asked for, and what the page shows."""
    case = Case.objects.filter(visible_to(actor), pk=case_id).first()
    if case is None:
        raise NotPermitted(_("There is no such case here."))
    where, limits = around(case), rules()
    found = matching(actor, where, limits) if where else []
    held = viewing_roles(actor, case.area_id)
    units = list(Unit.objects.filter(pk__in={role.unit for role in held}).values_list("id", "name"))
    trained = is_trained(actor, at)
    may = bool(found and held and trained and case.kind == Kind.INCIDENT)
    may = may and case.state in of_case.OPEN
    initial: dict[str, Any] = {"cameras": [request.GET.get("camera", "")]}
    if where is not None:
        first, last = recorded_window(where, limits)
        initial["starts"] = max(first, where.first)
        initial["ends"] = min(last, at)
    form = AskForm(request.POST or None, found=found, units=units, initial=initial) if may else None
    context = {"case": case, "form": form, "where": where, "found": found, "held": held,
               "trained": trained, "limits": limits, "trail": to_case(case)}  # fmt: skip
    return form, context


@own_transactions
@require_GET
def open_camera(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Lead from a camera to the form of a case. Without an incident it is refused, and written down."""
    actor, at = actor_of(request), timezone.now()
    case_id = read_id(request.GET.get("case"))
    try:
        with noting_refusals(actor, at, camera=camera_id, case=case_id):
            _check_incident(actor, case_id)
    except VideoRefused as why:
        return refused(request, actor, why)
    page = reverse("cameras:video_case", args=[case_id])
    return redirect(f"{page}?camera={camera_id}")


def _check_incident(actor: Actor, case_id: UUID | None) -> None:
    incidents = Case.objects.filter(visible_to(actor), kind=Kind.INCIDENT)
    if case_id is None or not incidents.filter(pk=case_id).exists():
        raise VideoRefused(
            Cause.NO_CASE,
            _("Video is opened for an incident, never by itself."),
            _("Register the incident first, then open video from its page."),
        )


@own_transactions
@require_GET
def watch(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Show the player of a grant, or that it waits for a second person."""
    actor, at = actor_of(request), timezone.now()
    try:
        with acting(actor):
            own = Grant.objects.select_related("case", "unit").filter(viewer=actor.user_id)
            grant = own.filter(pk=grant_id).first()
            cameras = [one.camera for one in _cameras(grant)] if grant else []
            if grant is not None and grant.valid_from is None and grant.ended_at is None:
                waiting = {"grant": grant, "trail": to_case(grant.case)}
                return render(request, "cameras/video_waiting.html", waiting)
        chosen = next(
            (one for one in cameras if str(one.id) == request.GET.get("camera")),
            cameras[0] if cameras else None,
        )
        camera_id = chosen.id if chosen else grant_id
        with noting_refusals(actor, at, camera=chosen.id if chosen else None, grant=grant_id):
            permit = may_request_segment(actor, grant_id, camera_id, at, mode=None)
            context = {
                "grant": grant, "camera": chosen, "cameras": cameras,
                "left": int(left(permit.grant, at).total_seconds()), "at": at,
                "playlist": playlist_of(permit.grant, camera_id, actor),
                "trail": to_case(grant.case) if grant else [], "times": range(9), "zone": settings.TIME_ZONE,
            }  # fmt: skip
            return private(render(request, "cameras/watch.html", context))
    except VideoRefused as why:
        return refused(request, actor, why)


def _cameras(grant: Grant) -> Any:
    return grant.cameras.select_related("camera").order_by("camera__code")


@own_transactions
@require_POST
def decide(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Consent to what somebody else asked for, or decline it."""
    actor, at = actor_of(request), timezone.now()
    decision = consent_grant if request.POST.get("decision") == "consent" else decline_grant
    try:
        with noting_refusals(actor, at, grant=grant_id):
            decision(grant_id, actor=actor, at=at)
    except Refused as why:
        return refused(request, actor, why)
    messages.success(request, _("Your decision was written down."))
    return redirect("cameras:video")


@require_POST
def end(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """End looking."""
    grant = end_grant(grant_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The video is closed."))
    return redirect("cases:case", grant.case_id)
