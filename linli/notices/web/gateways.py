"""The ways out of the house, and the city's habits: the administrator's page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.policy import administered
from linli.kernel.errors import Invalid, NotFound
from linli.notices.actions.set_gateway import PLAIN, add_gateway, change_gateway, remove_gateway
from linli.notices.actions.set_habits import set_habits
from linli.notices.actions.try_gateway import try_gateway
from linli.notices.models import Gateway
from linli.notices.queries.setup import gateways, habits
from linli.notices.web.gateway_forms import GatewayForm, HabitsForm
from linli.notices.web.request import attempt, keeper, tabs
from linli.notices.words import GATEWAY_WORDS

_SORTS = dict(GATEWAY_WORDS)


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the gateways and how they do; set the city's habits."""
    actor = keeper(request)
    form = HabitsForm(request.POST if request.method == "POST" else None, habits=habits())

    def act() -> None:
        set_habits(**form.cleaned_data, actor=actor, at=timezone.now())

    if form.is_bound and attempt(form, act):
        messages.success(request, _("The habits are saved."))
        return redirect("notices:gateways")
    found = gateways()
    context = {
        "form": form,
        "gateways": [(one, _SORTS[one.sort]) for one in found],
        "sorts": [(reverse("notices:add_gateway", args=[sort]), _SORTS[sort]) for sort in PLAIN],
        "missing": [_SORTS[s] for s in ("mail", "sms") if not any(g.sort == s and g.is_on for g in found)],
        "page_tabs": tabs("gateways"),
    }  # fmt: skip
    return render(request, "notices/gateways.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, sort: str) -> HttpResponse:
    """Set a new gateway up."""
    if sort not in PLAIN:
        raise Http404
    return _form(request, sort, None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """Change a gateway."""
    gateway = Gateway.objects.filter(pk=gateway_id).first()
    if gateway is None:
        raise NotFound(_("There is no such gateway."))
    return _form(request, gateway.sort, gateway)


def _form(request: HttpRequest, sort: str, gateway: Gateway | None) -> HttpResponse:
    actor = keeper(request)
    city = min(administered(actor), key=len)
    given = request.POST if request.method == "POST" else None
    form = GatewayForm(given, sort=sort, gateway=gateway, city=city)

    def act() -> None:
        data, at = form.gateway_data(), timezone.now()
        if gateway is None:
            add_gateway(sort, data, actor=actor, at=at)
        else:
            change_gateway(gateway.pk, data, actor=actor, at=at)

    if form.is_bound and attempt(form, act):
        messages.success(request, _("The gateway is saved."))
        return redirect("notices:gateways")
    context = {
        "form": form,
        "gateway": gateway,
        "title": _SORTS[sort] if gateway is None else gateway.name,
        "back": reverse("notices:gateways"),
        "trail": [(reverse("notices:gateways"), _("Channels"))],
    }
    return render(request, "notices/gateway.html", context, status=422 if form.is_bound else 200)


@require_POST
def trial(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """Send a trial through a gateway."""
    try:
        message = try_gateway(gateway_id, actor=keeper(request), at=timezone.now())
    except Invalid as wrong:
        messages.error(request, str(wrong.reason))
        return redirect("notices:gateway", gateway_id)
    messages.success(request, _("A trial is on its way; look here again in a moment."))
    return redirect("notices:message", message.pk)


@require_POST
def remove(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """Remove a gateway."""
    remove_gateway(gateway_id, actor=keeper(request), at=timezone.now())
    messages.success(request, _("The gateway is removed."))
    return redirect("notices:gateways")
