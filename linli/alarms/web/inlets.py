"""Doors for messages of other systems: the page that opens them, and the doors themselves."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.accounts.lockout import address_of
from linli.accounts.scope import own_transactions
from linli.alarms.actions.refuse import count_refused
from linli.alarms.actions.set_inlet import digest_of, end_inlet, open_inlet
from linli.alarms.actions.take_message import inlet_of, take_cap, take_sms
from linli.alarms.cap.reading import MOST_BYTES, NotCap
from linli.alarms.choices import Refusal
from linli.alarms.models import Inlet
from linli.alarms.policy import keeping_areas, permit_connect
from linli.alarms.queries.desks import names_within
from linli.alarms.queries.inlets import open_inlets, refused_of_nobody
from linli.alarms.warning_choices import InletSort
from linli.alarms.web.trails import to_desks
from linli.intake.channels.body import Unusable, flat
from linli.kernel.errors import Invalid, Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.problem import problem
from linli.kernel.rate import take

WINDOW, MOST_MESSAGES, MOST_STRANGERS = 60, 300, 30
MOST_SMS_BYTES = 16 * 1024


class InletForm(forms.Form):
    """A new door."""

    sort = forms.ChoiceField(
        label=pgettext_lazy("alarm inlet", "What comes in"),
        choices=InletSort.choices,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=pgettext_lazy("alarm inlet", "name"), max_length=60)
    area = forms.ChoiceField(
        label=gettext_lazy("What names no place belongs to"),
        help_text=gettext_lazy("A message that says where it is goes there."),
    )

    def __init__(self, *given: Any, areas: list[tuple[str, str]]) -> None:
        super().__init__(*given)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """List the doors with a form that opens one; the token is shown here once."""
    actor = actor_of(request)
    permit_connect(actor)
    areas = names_within(keeping_areas(actor))
    form = InletForm(request.POST if request.method == "POST" else None, areas=areas)
    context: dict[str, Any] = {"form": form, "token": "", "status": 200}
    if form.is_valid():
        try:
            inlet, token = open_inlet(**form.cleaned_data, actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            address = request.build_absolute_uri(reverse("alarms:inlet", args=[inlet.id]))
            context = {"form": InletForm(areas=areas), "token": token, "address": address}
    status = 422 if context["form"].is_bound else 200
    context |= {"inlets": open_inlets(), "refused": refused_of_nobody(), "trail": to_desks()}
    return render(request, "alarms/inlets.html", context, status=status)


@require_POST
def end(request: HttpRequest, inlet_id: UUID) -> HttpResponse:
    """End a door."""
    end_inlet(inlet_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The door is closed."))
    return redirect("alarms:inlets")


@csrf_exempt
@login_not_required
@own_transactions
@require_POST
def inlet(request: HttpRequest, inlet_id: UUID) -> HttpResponse:
    """Take one message; errors are problems (RFC 9457): 401, 413, 422, 429."""
    found = _inlet(request, inlet_id)
    if isinstance(found, HttpResponse):
        return found
    most = MOST_BYTES if found.sort == InletSort.CAP else MOST_SMS_BYTES
    if len(request.body) > most:
        return _refused(found, Refusal.TOO_LARGE, 413, _("The message is too large."))
    try:
        if found.sort == InletSort.CAP:
            taken = take_cap(found, request.body, at=timezone.now())
        else:
            taken = take_sms(found, _parts(request), at=timezone.now())
    except (NotCap, Unusable, Invalid) as wrong:
        return _refused(found, Refusal.MALFORMED, 422, str(wrong))
    if taken is None:
        return JsonResponse({"taken": "ignored"})
    return JsonResponse({"alarm": taken.sequence, "taken": taken.verb})


def _parts(request: HttpRequest) -> dict[str, str]:
    if request.content_type == "application/json":
        return flat(request.body)
    return {name: str(value).replace("\0", "") for name, value in request.POST.items()}


def _inlet(request: HttpRequest, inlet_id: UUID) -> Inlet | HttpResponse:
    now = timezone.now()
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    # Some providers can set no header: their form has a field for it.
    token = token if scheme.lower() == "bearer" else request.POST.get("token", "")
    found = inlet_of(inlet_id, digest_of(token.strip()))
    if found is None:
        who = address_of(request)
        if not take("alarm-stranger", who, now, most=MOST_STRANGERS, seconds=WINDOW):
            return _too_many()
        count_refused(Refusal.UNSIGNED, str(inlet_id), at=now)
        return problem(401, "not-signed-in", _("A valid token is needed."))
    if not take("alarm-inlet", str(found.pk), now, most=MOST_MESSAGES, seconds=WINDOW):
        return _too_many()
    return found


def _too_many() -> HttpResponse:
    response = problem(429, "too-many", _("Too many calls. Wait a minute."))
    response["Retry-After"] = str(WINDOW)
    return response


def _refused(inlet: Inlet, reason: str, status: int, sentence: str) -> HttpResponse:
    count_refused(reason, inlet.name, at=timezone.now())
    return problem(status, reason.replace("_", "-"), sentence)
