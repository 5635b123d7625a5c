"""Keeping house for video: trainings, the city's rules, devices that speak GB/T 28181, the report."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.accounts.models import Role, RoleKind, User
from linli.accounts.scope import in_area
from linli.cameras.actions.know_device import accept_device, forget_device, tie_channel
from linli.cameras.actions.set_viewing_rules import NAMES, set_viewing_rules
from linli.cameras.actions.train import end_training, train
from linli.cameras.models import Camera, SipDevice, Training, ViewingReport, ViewingRules
from linli.cameras.policy import kept_areas, may_set_up
from linli.cameras.queries.viewing import VIEWERS, rules
from linli.cameras.viewing_choices import Cause, Mode, Purpose
from linli.kernel.days import day_field
from linli.kernel.errors import NotPermitted
from linli.kernel.form_errors import attempt
from linli.kernel.ids import read_id
from linli.kernel.working_days import local_date


class TrainingForm(forms.Form):
    """Who was trained, in what, when, and until when it holds."""

    user_id = forms.ChoiceField(label=gettext_lazy("Person"))
    course = forms.CharField(label=gettext_lazy("course"), max_length=120)
    trained_on = day_field(gettext_lazy("trained on"))
    until = day_field(pgettext_lazy("training", "Until"))


class DeviceForm(forms.Form):
    """Let a device in: its number, a password of its own, its area."""

    number = forms.CharField(label=gettext_lazy("Number of the device"), max_length=20)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    area = forms.CharField(label=gettext_lazy("Code of its area"), max_length=15)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-personal": ""}),
    )
    by_tcp = forms.BooleanField(label=gettext_lazy("Video by TCP"), required=False)


def _administrator(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only an administrator can do this."))
    return actor


def _rules_form(data: Any, found: ViewingRules) -> forms.Form:
    fields = forms.fields_for_model(ViewingRules, fields=list(NAMES))
    form = forms.Form(data, initial={name: getattr(found, name) for name in NAMES})
    form.fields.update(fields)
    return form


@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Show the trainings and the rules; write a training down or make the rules stricter."""
    actor, at = _administrator(request), timezone.now()
    asked = request.POST.get("what", "")
    training = TrainingForm(
        request.POST if asked == "training" else None,
        initial={"trained_on": local_date(at), "until": local_date(at) + timedelta(days=365)},
    )
    training.fields["user_id"].choices = _people(actor)  # type: ignore[attr-defined]
    limits = _rules_form(request.POST if asked == "rules" else None, rules())

    def write_down() -> str:
        given = {**training.cleaned_data, "user_id": UUID(training.cleaned_data["user_id"])}
        train(**given, actor=actor, at=at)
        return _("Written down.")

    def make_stricter() -> str:
        set_viewing_rules(limits.cleaned_data, actor=actor, at=at)
        return _("The rules hold from now on.")

    said = None
    if asked == "training":
        said = attempt(training, write_down)
    elif asked == "rules":
        said = attempt(limits, make_stricter)
    if said:
        messages.success(request, said)
        return redirect("cameras:video_setup")
    held = Training.objects.filter(ended_at=None).select_related("user").order_by("until")
    context = {
        "training_form": training, "rules_form": limits if may_set_up(actor) else None,
        "trainings": [one for one in held if one.area.startswith(kept_areas(actor))],
        "today": local_date(at),
    }  # fmt: skip
    wrong = training.errors or limits.errors
    return render(request, "cameras/video_setup.html", context, status=422 if wrong else 200)


def _people(actor: Actor) -> list[tuple[str, str]]:
    ids: set[UUID] = set()
    for area in kept_areas(actor):
        held = Role.objects.filter(in_area(area), kind__in=VIEWERS)
        ids.update(held.values_list("user", flat=True))
    people = User.objects.filter(pk__in=ids, is_active=True).order_by("name")
    return [(str(one.id), f"{one.name} ({one.username})") for one in people]


@require_POST
def untrain(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """End a training."""
    end_training(training_id, actor=_administrator(request), at=timezone.now())
    messages.success(request, _("Written down."))
    return redirect("cameras:video_setup")


@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Show devices that speak GB/T 28181, those that ask to be let in, and their channels."""
    actor, at = _administrator(request), timezone.now()
    number = request.GET.get("number", "")
    form = DeviceForm(request.POST or None, initial={"number": number})

    def accept() -> str:
        accept_device(**form.cleaned_data, actor=actor, at=at)
        return _("The device may register now.")

    if request.method == "POST" and (said := attempt(form, accept)):
        messages.success(request, said)
        return redirect("cameras:devices")
    known = SipDevice.objects.order_by("number").prefetch_related("channels__camera")
    untied = Camera.objects.filter(retired_on=None, sip_channels=None).order_by("name")
    context = {
        "form": form, "at": at, "cameras": untied.values_list("id", "name", "code")[:300],
        "strangers": known.filter(accepted_at=None), "devices": known.exclude(accepted_at=None)[:600],
    }  # fmt: skip
    return render(request, "cameras/devices.html", context, status=422 if form.errors else 200)


@require_POST
def tie(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Say which camera a channel is."""
    camera = read_id(request.POST.get("camera"))
    if camera is None:
        raise Http404
    tie_channel(channel_id, camera, actor=_administrator(request), at=timezone.now())
    messages.success(request, _("The channel is a source of the camera now."))
    return redirect("cameras:devices")


@require_POST
def forget(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Let a device in no more."""
    forget_device(device_id, actor=_administrator(request), at=timezone.now())
    messages.success(request, _("The device is no longer let in."))
    return redirect("cameras:devices")


@login_not_required
@require_GET
def report(request: HttpRequest, quarter: str = "") -> HttpResponse:
    """Show the published report on video of a quarter, to everybody."""
    published = ViewingReport.objects.order_by("-quarter")
    found = published.filter(pk=quarter).first() if quarter else published.first()
    if quarter and found is None:
        raise Http404
    told = found.figures if found else None
    context = {
        "report": found, "told": told,
        "quarters": list(published.values_list("quarter", flat=True)[:12]),
        "tables": [
            (_("Live or recorded"), _named(told, "by_mode", Mode)),
            (_("What for"), _named(told, "by_purpose", Purpose)),
            (_("Why it was refused"), _named(told, "by_cause", Cause)),
        ],
    }  # fmt: skip
    return render(request, "cameras/video_report.html", context)


def _named(told: Any, name: str, words: Any) -> list[tuple[str, int | None]]:
    return [(str(words(key).label), value) for key, value in (told or {}).get(name, {}).items()]
