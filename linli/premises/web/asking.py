"""A page with one form: asked, done, or shown again with what is wrong."""

from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal
from linli.premises.models import Device, Premises

type Trail = Sequence[tuple[str, str]]
type Done = tuple[str, str]


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], Done],
    *,
    title: str,
    trail: Trail,
    submit: str = "",
    lead: str = "",
    template: str = "premises/ask.html",
) -> HttpResponse:
    """Show a form; when it is sent, ``act`` does it and returns what to say and where to go."""
    if request.method == "POST" and form.is_valid():
        try:
            said, address = act()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(address)
    context = {
        "form": form, "title": title, "trail": trail, "submit": submit or _("Save"), "lead": lead,
        "back": trail[-1][0],
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


def home_trail() -> list[tuple[str, str]]:
    """Return the way to the list."""
    return [(reverse("premises:list"), _("Premises"))]


def place_trail(place: Premises) -> list[tuple[str, str]]:
    """Return the way to a place."""
    return [*home_trail(), (page_of(place), place.name)]


def device_trail(device: Device) -> list[tuple[str, str]]:
    """Return the way to a device, by its premises."""
    above = place_trail(device.premises) if device.premises else home_trail()
    return [*above, (reverse("premises:device", args=[device.id]), device.name)]


def page_of(place: Premises, anchor: str = "") -> str:
    """Return the address of a place's page."""
    return reverse("premises:premises", args=[place.id]) + (f"#{anchor}" if anchor else "")
