"""The page of a camera: its entry, field of view, filing, sign, sources and health."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.areas.places import area_names
from linli.cameras.actions.change import change_camera
from linli.cameras.actions.file import file_camera
from linli.cameras.actions.keep_footage import LONGEST_STORAGE_DAYS
from linli.cameras.actions.register import register_camera
from linli.cameras.actions.retire import retire_camera
from linli.cameras.actions.set_sign import set_sign
from linli.cameras.actions.set_source import drop_source, set_source
from linli.cameras.choices import light_of
from linli.cameras.details import said
from linli.cameras.lifecycle import LEAST_STORAGE_DAYS
from linli.cameras.models import Camera
from linli.cameras.policy import may_keep_camera, may_keep_some, may_look, may_mend, permit
from linli.cameras.queries.camera import camera_for, shown
from linli.cameras.queries.footage import footage_of
from linli.cameras.queries.points import mark_of, view_of
from linli.cameras.queries.units import choosable
from linli.cameras.web.files import sent
from linli.cameras.web.footage_forms import RecordingForm
from linli.cameras.web.forms import (
    FIELDS,
    CameraForm,
    FilingForm,
    RetireForm,
    SignForm,
    SourceForm,
    said_of,
)
from linli.cameras.web.trails import to_cameras
from linli.cases.files import LARGEST
from linli.kernel.errors import NotFound, Refused
from linli.kernel.form_errors import show_refusal


@require_GET
def camera(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Show a camera."""
    return page_of(request, camera_id)


def page_of(
    request: HttpRequest, camera_id: UUID, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """Answer the page of a camera; ``bound`` are forms with what was typed and is wrong."""
    actor, today = actor_of(request), timezone.localdate()
    permit(may_look(actor))
    found = shown(actor, camera_id)
    one = found.camera
    health = getattr(one, "health", None)
    state = health.state if health else "unknown"
    footage = footage_of(actor, one, timezone.now())
    stored = min(max(LEAST_STORAGE_DAYS, one.storage_days), LONGEST_STORAGE_DAYS)
    days = footage.recording.days if footage.recording else stored
    context: dict[str, Any] = {
        "camera": one,
        "trail": to_cameras(),
        "place_name": area_names([one.area_id]).get(one.area_id, ""),
        "shown": found,
        "health": health,
        "light": light_of(state),
        "told": said(health.detail, health.note) if health else "",
        "changes": [
            (row, light_of(row.after), said(row.detail, row.note)) for row in found.changes
        ],
        "orders": [
            (row, row.state == "open" and may_mend(actor, one, row.unit_id)) for row in found.orders
        ],
        "filing": filing_light(one, today),
        "may_keep": may_keep_camera(actor, one) and not one.retired_on,
        "today": today,
        "filing_form": FilingForm(initial={"filed_on": today}),
        "source_form": SourceForm(),
        "retire_form": RetireForm(initial={"on": today}),
        "sign_form": SignForm(),
        "footage": footage,
        "recording_form": RecordingForm(initial={"days": days}),
    }
    return render(request, "cameras/camera.html", context | bound, status=status)


def filing_light(camera: Camera, today: date) -> tuple[str, str]:
    """Return the light and the words of a camera's filing."""
    if camera.filing_due is None:
        return "green", _("filed")
    if camera.filing_due < today:
        return "red", _("filing overdue")
    return "yellow", _("to be filed again") if camera.filed_on else _("to be filed")


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Enter a camera; a forbidden place is refused with the reason."""
    actor, now = actor_of(request), timezone.now()
    permit(may_keep_some(actor))
    form = CameraForm(
        request.POST or None, units=choosable(actor), initial={"installed_on": timezone.localdate()}
    )
    made: list[UUID] = []

    def act(form: CameraForm) -> None:
        made.append(register_camera(form.described(), actor=actor, at=now).id)

    if request.method == "POST" and _done(form, act):
        messages.success(
            request, _("The camera is in the registry. It is to be filed within 30 days.")
        )
        return redirect("cameras:camera", made[0])
    context = {"form": form, "title": _("New camera")}
    return render(request, "cameras/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Change a camera's entry."""
    actor, now = actor_of(request), timezone.now()
    one = camera_for(actor, camera_id)
    permit(may_keep_camera(actor, one))
    form = CameraForm(request.POST or None, units=choosable(actor), initial=said_of(one))

    def act(form: CameraForm) -> None:
        seen = form.cleaned_data["seen"]
        changed = change_camera(camera_id, form.described(), actor=actor, at=now, seen=seen)
        if changed.filing_due and not one.filing_due:
            told = _("What the police were told has changed: file it again by %(day)s.")
            messages.warning(request, told % {"day": changed.filing_due.isoformat()})

    if request.method == "POST" and _done(form, act):
        messages.success(request, _("The entry was changed."))
        return redirect("cameras:camera", camera_id)
    context = {"form": form, "title": one.name, "camera": one}
    return render(request, "cameras/form.html", context, status=422 if form.is_bound else 200)


def _done[F: forms.Form](form: F, act: Callable[[F], None]) -> bool:
    """Do what a form asks; a refusal goes into the form, beside its fields."""
    if not form.is_valid():
        return False
    try:
        act(form)
    except Refused as refusal:
        show_refusal(form, refusal, FIELDS)
    else:
        return True
    return False


@require_POST
def file(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Write a filing down."""
    actor, now = actor_of(request), timezone.now()
    form = FilingForm(request.POST)
    if _done(
        form, lambda form: _drop(file_camera(camera_id, **form.cleaned_data, actor=actor, at=now))
    ):
        messages.success(request, _("The filing was written down."))
        return redirect("cameras:camera", camera_id)
    return page_of(request, camera_id, 422, filing_form=form)


@require_POST
def retire(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Take a camera out of use."""
    actor, now = actor_of(request), timezone.now()
    form = RetireForm(request.POST)
    if _done(
        form,
        lambda form: _drop(
            retire_camera(camera_id, on=form.cleaned_data["on"], actor=actor, at=now)
        ),
    ):
        messages.success(request, _("The camera is no longer in use."))
        return redirect("cameras:camera", camera_id)
    return page_of(request, camera_id, 422, retire_form=form)


@require_POST
def add_source(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Add an address from which the picture is had."""
    actor, now = actor_of(request), timezone.now()
    form = SourceForm(request.POST)
    if _done(
        form, lambda form: _drop(set_source(camera_id, form.described(), actor=actor, at=now))
    ):
        messages.success(request, _("The source was added; the camera will be looked at."))
        return redirect("cameras:camera", camera_id)
    return page_of(request, camera_id, 422, source_form=form)


def _drop(_made: object) -> None:
    """Let go of what an action returns."""


@require_POST
def remove_source(request: HttpRequest, camera_id: UUID, source_id: UUID) -> HttpResponse:
    """Take a source away."""
    drop_source(source_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The source was taken away."))
    return redirect("cameras:camera", camera_id)


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, camera_id: UUID) -> HttpResponse | FileResponse:
    """Show the photo of the sign, or take a new one in."""
    actor = actor_of(request)
    if request.method == "GET":
        one = camera_for(actor, camera_id)
        if not one.sign_sha256:
            raise NotFound(_("There is no such file here."))
        return sent(one.sign_sha256, one.sign_name, one.sign_type)
    form = SignForm(request.POST, request.FILES)

    def keep(form: SignForm) -> None:
        upload = form.cleaned_data["sign"]
        set_sign(
            camera_id, name=upload.name or "", data=upload.read(LARGEST + 1), actor=actor,
            at=timezone.now(),
        )  # fmt: skip

    if not _done(form, keep):
        return page_of(request, camera_id, 422, sign_form=form)
    messages.success(request, _("The photo of the sign was kept."))
    return redirect("cameras:camera", camera_id)


@require_GET
def point(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Give the camera's place to its map."""
    one = camera_for(actor_of(request), camera_id)
    health = getattr(one, "health", None)
    place = [round(one.longitude, 6), round(one.latitude, 6)]
    row = [*place, mark_of(health.state if health else None), one.name, str(one.id)]
    return _json({"points": [row]})


@require_GET
def view(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Give the camera's field of view to its map."""
    return _json(view_of(camera_for(actor_of(request), camera_id)))


def _json(body: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(json.dumps(body), content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    return response
