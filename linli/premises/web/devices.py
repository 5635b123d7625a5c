"""The page of one device, and what is done to it: changed, tested, broken, mended, out of use."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.caching import private
from linli.kernel.working_days import local_date
from linli.premises.actions.add_device import add_device, change_device, retire_device
from linli.premises.actions.faults import mend_device, record_fault
from linli.premises.actions.record_test import record_test
from linli.premises.actions.secrets import rotate_secret
from linli.premises.choices import DeviceKind
from linli.premises.models import Device
from linli.premises.policy import keeps_any, may_keep, may_test, permit_keep
from linli.premises.queries import page as read
from linli.premises.web.asking import ask, device_trail, home_trail, page_of, place_trail
from linli.premises.web.device_forms import DeviceForm, FaultForm, NoteForm, TestForm
from linli.premises.web.lists import permitted
from linli.premises.web.words import line_of

MOST_TESTS = 24


@require_GET
def device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Show one device: its state, the named fault, its tests with the time they took."""
    return _page(request, device_id)


def _page(request: HttpRequest, device_id: UUID, secret: str = "") -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    found = read.device_for(actor, device_id)
    events, after = read.device_history(found, request.GET.get("after", ""))
    used = found.retired_at is None
    tests = found.tests.select_related("by").order_by("-sent_at")[:MOST_TESTS]
    context = {
        "device": found,
        "place": found.premises,
        "today": local_date(now),
        "silent": read.is_silent(found, now),
        "tests": [
            (one, (one.arrived_at - one.sent_at).total_seconds() if one.arrived_at else None)
            for one in tests
        ],
        "is_alarm": found.kind == DeviceKind.ONE_KEY_ALARM,
        "former": bool(found.former_until and found.former_until > now),
        "secret": secret,
        "keeps": used and may_keep(actor, found.area_id),
        "tests_it": used and may_test(actor, found.area_id, found.premises),
        "entries": [line_of(event) for event in events],
        "after": after,
        "trail": device_trail(found)[:-1],
    }
    return render(request, "premises/device.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, premises_id: UUID | None = None) -> HttpResponse:
    """Ask for a new device, in a place or out on a street."""
    actor = permitted(request)
    place = read.place_for(actor, premises_id) if premises_id else None
    if place is not None:
        permit_keep(actor, place.area_id)
    elif not keeps_any(actor):
        permit_keep(actor, "")
    form = DeviceForm(request.POST or None, place=place)

    def act() -> tuple[str, str]:
        made = add_device(form.device(), actor=actor, at=timezone.now())
        return _("The device is written down."), page_of(place, "devices") if place else _at(made)

    trail = place_trail(place) if place else home_trail()
    return ask(
        request, form, act, title=_("New device"), trail=trail, template="premises/device_form.html"
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Change what is written about a device."""
    actor = actor_of(request)
    found = read.device_for(actor, device_id)
    permit_keep(actor, found.area_id)
    form = DeviceForm(request.POST or None, place=found.premises, device=found)

    def act() -> tuple[str, str]:
        change_device(found.id, form.device(), actor=actor, at=timezone.now())
        return _("It is written down."), _at(found)

    return ask(
        request, form, act, title=_("Change the device"), trail=device_trail(found),
        template="premises/device_form.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def test(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Ask when the alarm was pressed and when it arrived."""
    actor = actor_of(request)
    found = read.device_for(actor, device_id)
    form = TestForm(request.POST or None)

    def act() -> tuple[str, str]:
        times = form.times()
        sent = times["sent_at"] or timezone.now()
        record_test(
            found.id, sent_at=sent, arrived_at=times["arrived_at"],
            note=form.cleaned_data["note"], actor=actor, at=timezone.now(),
        )  # fmt: skip
        return _("The test is written down."), _at(found)

    lead = _("Agree with the police first: a test must not send anybody out.")
    return ask(
        request, form, act, title=_("Test of the alarm"), trail=device_trail(found), lead=lead
    )


@require_http_methods(["GET", "POST"])
def fault(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Ask what is wrong."""
    actor = actor_of(request)
    found = read.device_for(actor, device_id)
    form = FaultForm(request.POST or None)

    def act() -> tuple[str, str]:
        record_fault(found.id, **form.cleaned_data, actor=actor, at=timezone.now())
        return _("The fault is written down."), _at(found)

    return ask(request, form, act, title=_("Report a fault"), trail=device_trail(found))


@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Ask what was done."""
    actor = actor_of(request)
    found = read.device_for(actor, device_id)
    form = NoteForm(request.POST or None)

    def act() -> tuple[str, str]:
        mend_device(found.id, **form.cleaned_data, actor=actor, at=timezone.now())
        return _("The device works again."), _at(found)

    return ask(request, form, act, title=_("It works again"), trail=device_trail(found))


@require_POST
def retire(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Take a device out of use."""
    found = retire_device(device_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The device is out of use; its history stays."))
    return HttpResponseRedirect(_at(found))


@require_POST
def secret(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Make a new secret and show it on this answer only."""
    fresh = rotate_secret(device_id, actor=actor_of(request), at=timezone.now())
    return private(_page(request, device_id, fresh))


def _at(found: Device) -> str:
    return reverse("premises:device", args=[found.id])
