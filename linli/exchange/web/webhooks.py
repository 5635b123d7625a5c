"""Webhooks: the list, one with its log, and the forms."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.policy import may_set_rules
from linli.areas.places import area_names
from linli.exchange.actions.allow_host import allow_host, forbid_host
from linli.exchange.actions.pause import pause, resume, unsubscribe
from linli.exchange.actions.rotate_secret import rotate_secret
from linli.exchange.actions.send_test import send_again, send_test
from linli.exchange.actions.subscribe import change_subscription, subscribe
from linli.exchange.models import AllowedHost
from linli.exchange.queries import subscription, subscriptions
from linli.exchange.web.forms import HostForm, WishForm, given
from linli.exchange.web.lines import delivery_lines, state_of
from linli.exchange.web.request import keeper
from linli.kernel.caching import private
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the webhooks of the actor's areas, and the allowed hosts; add a host."""
    actor, at = keeper(request), timezone.now()
    form = HostForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            allow_host(actor=actor, at=at, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Messages may be sent there."))
            return redirect("exchange:home")
    rows = list(subscriptions(actor))
    places = area_names(row.area for row in rows)
    context = {
        "rows": [(row, places.get(row.area, row.area), state_of(row)) for row in rows],
        "hosts": AllowedHost.objects.all() if may_set_rules(actor) else None,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "exchange/home.html", context, status=status)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Connect a system; its secret is shown once."""
    actor = keeper(request)
    form = WishForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row, secret = subscribe(form.wish(), actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            context = {"row": row, "secret": secret}
            return private(render(request, "exchange/secret.html", context))
    return _form(request, form, _("Connect a system"), reverse("exchange:home"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what a system is told, or where."""
    actor = keeper(request)
    row = subscription(actor, key)
    form = WishForm(request.POST or None, initial=given(row))
    if form.is_bound and form.is_valid():
        try:
            change_subscription(key, form.wish(), actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is written down."))
            return redirect("exchange:webhook", key)
    return _form(request, form, row.name, reverse("exchange:webhook", args=[key]))


def _form(request: HttpRequest, form: WishForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "exchange/form.html", context, status=status)


@require_GET
def webhook(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one webhook and its log; the log alone when its part of the page asks again."""
    actor = keeper(request)
    row = subscription(actor, key)
    lines = delivery_lines(row)
    context = {
        "row": row,
        "place": area_names([row.area]).get(row.area, row.area),
        "state": state_of(row),
        "lines": lines,
        "waits": any(line.waits_now for line in lines),
        "overlap": bool(row.old_secret_until and row.old_secret_until > timezone.now()),
    }
    part = request.headers.get("HX-Request") == "true" and request.GET.get("part") == "log"
    return render(request, "exchange/log.html" if part else "exchange/webhook.html", context)


@require_POST
def rotate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a new secret; it is shown once."""
    row, secret = rotate_secret(key, actor=keeper(request), at=timezone.now())
    context = {"row": row, "secret": secret, "rotated": True}
    return private(render(request, "exchange/secret.html", context))


def _deed(act: Callable[..., object], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, key: UUID) -> HttpResponse:
        act(key, actor=keeper(request), at=timezone.now())
        messages.success(request, said())
        return redirect("exchange:webhook", key)

    return view


test = _deed(send_test, lambda: _("The test is on its way; the log below says what came of it."))
stop = _deed(pause, lambda: _("Paused: nothing is sent until you resume it."))
go_on = _deed(resume, lambda: _("Resumed: what waited goes first."))


@require_POST
def again(request: HttpRequest, key: UUID, delivery: UUID) -> HttpResponse:
    """Send a message once more."""
    send_again(key, delivery, actor=keeper(request), at=timezone.now())
    messages.success(request, _("It is sent once more."))
    return redirect("exchange:webhook", key)


@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remove a webhook."""
    unsubscribe(key, actor=keeper(request), at=timezone.now())
    messages.success(request, _("The webhook was removed."))
    return redirect("exchange:home")


@require_POST
def forbid(request: HttpRequest, host: str) -> HttpResponse:
    """Take a host off the list."""
    forbid_host(host, actor=keeper(request), at=timezone.now())
    messages.success(request, _("Nothing is sent there any more."))
    return redirect("exchange:home")
