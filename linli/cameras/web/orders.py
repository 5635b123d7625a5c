"""Work orders, the availability of cameras, and the limits by which they are judged."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.areas.choosing import FiguresForm, below, choices, way_to
from linli.cameras import lifecycle
from linli.cameras.actions.mend import say_mended
from linli.cameras.actions.set_up import RANGES, allow_network, forbid_network, set_limits
from linli.cameras.choices import Condition, light_of
from linli.cameras.models import Network, Setting, WorkOrder
from linli.cameras.policy import may_look, may_mend, may_set_up, permit, visible_to
from linli.cameras.queries.availability import by_area, by_day, by_owner, total
from linli.cameras.queries.orders import orders
from linli.cameras.web.camera import page_of
from linli.cameras.web.forms import MendForm
from linli.kernel.errors import IllegalMove, NotFound
from linli.kernel.form_errors import attempt

KINDS = [("", gettext_lazy("all"))] + [
    (kind, label) for kind, label in Condition.choices if kind in lifecycle.BAD
]
# What people read in hours is kept in seconds.
UNITS = {"mend_first": 3_600, "mend_second": 3_600, "mend_third": 3_600}
LIMIT_WORDS = {
    "look_every": gettext_lazy("Looks at each camera every (s)"),
    "picture_every": gettext_lazy("Reads a picture every (s)"),
    "look_again": gettext_lazy("Looks again after a first fault in (s)"),
    "connect_within": gettext_lazy("Waits for an answer (s)"),
    "picture_within": gettext_lazy("Waits for a picture (s)"),
    "at_once": gettext_lazy("Pictures read at once"),
    "black_mean": gettext_lazy("Black: brightness below (0–255)"),
    "black_spread": gettext_lazy("Black: contrast below (0–255)"),
    "frozen_change": gettext_lazy("Frozen: change below (0–255)"),
    "blurred_below": gettext_lazy("Blurred: sharpness below"),
    "clock_off": gettext_lazy("Clock: wrong by more than (s)"),
    "mend_first": gettext_lazy("Class 1 mended within (hours)"),
    "mend_second": gettext_lazy("Class 2 mended within (hours)"),
    "mend_third": gettext_lazy("Class 3 mended within (hours)"),
}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the work orders, the most urgent first."""
    actor, now = actor_of(request), timezone.now()
    permit(may_look(actor))
    state = "closed" if request.GET.get("state") == "closed" else "open"
    kind = request.GET.get("kind", "")
    kind = kind if kind in lifecycle.BAD else ""
    rows, after = orders(actor, state=state, kind=kind, after=request.GET.get("after", ""))
    context = {
        "rows": [
            (
                row,
                light_of(row.kind),
                row.state == "open" and row.due_at < now,
                row.state == "open" and may_mend(actor, row.camera, row.unit_id),
            )
            for row in rows
        ],
        "after": after,
        "state": state,
        "views": [
            ("?state=open", _("Waiting"), "", state == "open"),
            ("?state=closed", _("Closed"), "", state == "closed"),
        ],
        "kinds": KINDS,
        "kind": kind,
    }
    return render(request, "cameras/orders.html", context)


@require_POST
def mended(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Say that a camera is in order again."""
    actor, form = actor_of(request), MendForm(request.POST)
    order = WorkOrder.objects.filter(visible_to(actor, "camera__"), pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such work order here."))

    def mend() -> str:
        say_mended(order_id, note=form.cleaned_data["note"], actor=actor, at=timezone.now())
        return _("Written down. The next good look closes the work order.")

    try:
        said = attempt(form, mend)
    except IllegalMove as refusal:
        messages.error(request, f"{refusal.reason} {refusal.hint}".strip())
        return redirect("cameras:orders")
    if said is None:
        form.order = order_id
        return page_of(request, order.camera_id, 422, mend_form=form)
    messages.success(request, said)
    return redirect("cameras:camera", order.camera_id)


@require_GET
def availability(request: HttpRequest) -> HttpResponse:
    """Show how much of the time there was a picture, by area, owner and day."""
    actor, today = actor_of(request), timezone.localdate()
    path = way_to(actor, request.GET.get("area", ""))
    area = path[-1]
    children = below(area.code)
    form = FiguresForm(
        request.GET, areas=choices(actor, path, children), today=today, usual="month"
    )
    form.is_valid()
    period = form.chosen
    context: dict[str, Any] = {
        "form": form,
        "area": area,
        "path": [(f"?area={one.code}{form.kept}", one.name) for one in path[:-1]],
        "periods": form.tabs(area.code),
        "chips": form.chips(area.code),
        "total": total(area.code, period),
        "areas": by_area(area.code, children, period),
        "owners": by_owner(area.code, period),
        "days": by_day(area.code, period)[:62],
        "kept": form.kept,
        "may_look": may_look(actor),
    }
    return render(request, "cameras/availability.html", context)


class LimitsForm(forms.Form):
    """Every limit."""

    def __init__(self, *arguments: Any, **given: Any) -> None:
        super().__init__(*arguments, **given)
        for name, label in LIMIT_WORDS.items():
            low, high = RANGES[name]
            unit = UNITS.get(name, 1)
            self.fields[name] = forms.FloatField(
                label=label, min_value=low / unit, max_value=high / unit
            )

    def values(self) -> dict[str, float]:
        """Return the limits in seconds."""
        return {name: value * UNITS.get(name, 1) for name, value in self.cleaned_data.items()}


def _as_set() -> dict[str, str]:
    """Return the limits as the form shows them."""
    found = Setting.objects.values_list("name", "value")
    return {name: f"{value / UNITS.get(name, 1):g}" for name, value in found}


class NetworkForm(forms.Form):
    """A network that may be asked."""

    cidr = forms.CharField(
        label=gettext_lazy("Network"), max_length=43, help_text=gettext_lazy("Such as 10.20.0.0/16")
    )
    reason = forms.CharField(label=gettext_lazy("What it is"), max_length=120)


@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Show and set the limits and the networks."""
    actor, now = actor_of(request), timezone.now()
    permit(may_set_up(actor))
    posted = request.POST if request.method == "POST" else None
    is_network = bool(posted) and "cidr" in request.POST
    limits_form = LimitsForm(None if is_network else posted, initial=_as_set())
    network_form = NetworkForm(posted if is_network else None)

    def add() -> str:
        allow_network(**network_form.cleaned_data, actor=actor, at=now)
        return _("Cameras in this network may be asked.")

    def change() -> str:
        set_limits(limits_form.values(), actor=actor, at=now)
        return _("The limits hold from the next look on.")

    if posted:
        told = attempt(network_form, add) if is_network else attempt(limits_form, change)
        if told:
            messages.success(request, told)
            return redirect("cameras:setup")
    context = {
        "limits_form": limits_form,
        "network_form": network_form,
        "networks": list(Network.objects.all()),
    }
    return render(request, "cameras/setup.html", context, status=422 if posted else 200)


@require_POST
def forbid(request: HttpRequest) -> HttpResponse:
    """Take a network off the list."""
    forbid_network(request.POST.get("cidr", ""), actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Nothing in this network is asked any more."))
    return redirect("cameras:setup")
