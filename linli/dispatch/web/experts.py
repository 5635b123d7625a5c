"""The pool of experts: the order of each field, who can be called now, and calls."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.dispatch.actions import experts as actions
from linli.dispatch.models import CallOut, Expert
from linli.dispatch.policy import DISPATCHING, KEEPING
from linli.dispatch.queries.experts import orders
from linli.dispatch.supply_choices import CallAnswer
from linli.dispatch.supply_policy import experts_visible_to
from linli.dispatch.web.supplies import Done, Trail, ask, permitted
from linli.dispatch.web.supply_forms import AwayForm, CallForm, ExpertForm
from linli.kernel.caching import private
from linli.kernel.errors import NotFound, NotPermitted, Refused
from linli.kernel.form_errors import show_refusal

LATEST = 20


def _trail() -> Trail:
    return [(reverse("dispatch:experts"), _("Experts"))]


def _words(readiness: str) -> tuple[str, str]:
    """Return the light and the word of what an expert can do now."""
    return {
        "ready": ("green", pgettext("expert", "can be called")),
        "busy": ("red", pgettext("expert", "called out")),
        "away": ("yellow", pgettext("expert", "away")),
        "off_hours": ("yellow", pgettext("expert", "not at this hour")),
    }[readiness]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show each field with its experts in the order in which they are called."""
    actor, now = permitted(request), timezone.now()
    shown = [
        (order.field, order.next, [(line, *_words(line.readiness)) for line in order.lines])
        for order in orders(actor, now)
    ]
    calls = CallOut.objects.filter(experts_visible_to(actor, "expert__"))
    context = {
        "shown": shown,
        "calls": calls.select_related("field", "by", "expert").order_by("-at")[:LATEST],
        "answers": [one for one in CallAnswer.choices if one[0] != CallAnswer.CALLED],
        "keeps": actor.holds(*KEEPING),
        "calls_out": actor.holds(*DISPATCHING),
    }
    return render(request, "dispatch/experts.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for a new expert."""
    actor = permitted(request)
    if not actor.holds(*KEEPING):
        raise NotPermitted(
            _("Stores and experts are kept by dispatchers, directors and administrators.")
        )
    form = ExpertForm(request.POST or None)

    def act() -> Done:
        actions.add_expert(form.expert(), actor=actor, at=timezone.now())
        return _("The expert is in the pool."), reverse("dispatch:experts")

    return ask(
        request, form, act, title=_("New expert"), trail=_trail(),
        template="dispatch/expert_form.html",
    )  # fmt: skip


@require_POST
def raise_one(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Put an expert one place up."""
    actions.raise_expert(listing_id, actor=actor_of(request), at=timezone.now())
    return HttpResponseRedirect(reverse("dispatch:experts"))


@require_http_methods(["GET", "POST"])
def away(request: HttpRequest, expert_id: UUID) -> HttpResponse:
    """Ask until when an expert is away."""
    actor = permitted(request)
    form = AwayForm(request.POST or None)

    def act() -> Done:
        until = form.cleaned_data["until"]
        actions.set_away(expert_id, until=until, actor=actor, at=timezone.now())
        return _("It is written down."), reverse("dispatch:experts")

    return ask(request, form, act, title=_expert(request, expert_id).job, trail=_trail())


@require_POST
def retire(request: HttpRequest, expert_id: UUID) -> HttpResponse:
    """The expert leaves the pool."""
    actions.retire_expert(expert_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The expert left the pool; name and number are destroyed."))
    return HttpResponseRedirect(reverse("dispatch:experts"))


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, expert_id: UUID, field: str) -> HttpResponse:
    """Ask what for; then write the call down and show name and number on this answer only."""
    actor = permitted(request)
    expert = _expert(request, expert_id)
    form = CallForm(request.POST or None, actor=actor, incident=request.GET.get("incident", ""))
    told, back = None, _back(form.initial.get("incident"))
    if request.method == "POST" and form.is_valid():
        why, incident = form.cleaned_data["why"], form.cleaned_data["incident"]
        try:
            _call, told = actions.call_out(
                expert.id, field, why=why, incident=UUID(incident) if incident else None,
                actor=actor, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            back = _back(incident)
    context = {"form": form, "expert": expert, "told": told, "trail": _trail(), "back": back}
    status = 422 if form.errors else 200
    return private(render(request, "dispatch/call_expert.html", context, status=status))


def _back(incident: str | None) -> str:
    """Return the page of the incident a call is for, else that of the pool."""
    if incident:
        return reverse("dispatch:incident", args=[incident])
    return reverse("dispatch:experts")


@require_POST
def answer(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Write down what came of a call."""
    told = request.POST.get("answer", "")
    call = actions.answer_call(call_id, answer=told, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("It is written down."))
    if "from_incident" in request.POST and call.incident_id is not None:
        return HttpResponseRedirect(reverse("dispatch:incident", args=[call.incident_id]))
    return HttpResponseRedirect(reverse("dispatch:experts"))


def _expert(request: HttpRequest, expert_id: UUID) -> Expert:
    rows = Expert.objects.filter(experts_visible_to(actor_of(request)), retired_at=None)
    found = rows.filter(pk=expert_id).first()
    if found is None:
        raise NotFound(_("There is no such expert here."))
    return found
