"""Steps on the page of an incident: each a POST that works without scripts, some with a form first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.dispatch.actions.add_report import add_report
from linli.dispatch.actions.answer_cards import answer_cards
from linli.dispatch.actions.assign_units import assign_units
from linli.dispatch.actions.close_incident import close_incident
from linli.dispatch.actions.merge_incident import merge_incident
from linli.dispatch.actions.need_none import need_none
from linli.dispatch.actions.remark import remark_incident
from linli.dispatch.actions.report_situation import report_situation
from linli.dispatch.actions.set_priority import set_priority
from linli.dispatch.actions.tick import tick_step
from linli.dispatch.lifecycle import MOVES, OPEN
from linli.dispatch.models import Incident
from linli.dispatch.policy import visible_to
from linli.dispatch.queries import page as reads
from linli.dispatch.queries.recommend import chosen, recommendation
from linli.dispatch.web.forms import (
    CloseForm,
    MergeForm,
    NoteForm,
    PriorityForm,
    ReportForm,
    SituationForm,
    StepForm,
)
from linli.dispatch.web.home import permit_desk
from linli.dispatch.web.incident import show
from linli.dispatch.web.words import STEP_WORDS
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.ids import read_id

MOST_TO_MERGE = 20


@dataclass(frozen=True, slots=True)
class Step:
    """A step with a form: its action, and what is said when it is done."""

    form: type[StepForm]
    act: Callable[..., Any]
    done: str | Promise


STEPS: Mapping[str, Step] = {
    "set_priority": Step(PriorityForm, set_priority, gettext_lazy("The priority is changed.")),
    "add_report": Step(ReportForm, add_report, gettext_lazy("The report is added.")),
    "need_none": Step(NoteForm, need_none, gettext_lazy("Written down: nobody has to go.")),
    "remark": Step(NoteForm, remark_incident, gettext_lazy("It is in the timeline.")),
    "report": Step(SituationForm, report_situation, gettext_lazy("The situation report is given.")),
    "merge": Step(MergeForm, merge_incident, gettext_lazy("The two are one now.")),
    "close": Step(CloseForm, close_incident, gettext_lazy("The incident is closed.")),
}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, incident_id: UUID, verb: str) -> HttpResponse:
    """Show the form of a step, and do it; ticks and answers to cards have no form of their own."""
    actor = actor_of(request)
    permit_desk(actor)
    incident = reads.incident_for(actor, incident_id)
    if verb in ("tick", "answer_cards") and request.method == "POST":
        return _direct(request, incident, verb)
    if verb not in STEPS:
        raise Http404
    wanted = STEPS[verb]
    form = _form(actor, incident, verb, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            wanted.act(
                incident.id, actor=actor, at=timezone.now(), **_seen(form, verb), **form.asked()
            )
        except Refused as refusal:
            if refusal.status in (403, 404):
                raise
            show_refusal(form, refusal)
        else:
            messages.success(request, str(wanted.done))
            return redirect(_after(incident, verb))
    context = {
        "form": form, "verb": verb, "title": STEP_WORDS[verb],
        "destructive": MOVES[verb].destructive,
    }  # fmt: skip
    return show(request, incident, status=422 if form.errors else 200, **context)


def _form(actor: Actor, incident: Incident, verb: str, data: Any) -> StepForm:
    if verb == "merge":
        others = Incident.objects.filter(visible_to(actor), state=OPEN).exclude(pk=incident.id)
        newest = others.select_related("kind", "area").order_by("-received_at")[:MOST_TO_MERGE]
        return MergeForm(data, incident=incident, others=list(newest))
    return STEPS[verb].form(data, incident=incident)


def _seen(form: StepForm, verb: str) -> dict[str, Any]:
    """Only what depends on what was seen asks for it: a note is welcome whatever happened."""
    return {"seen": form.cleaned_data["version"]} if verb in ("set_priority", "need_none") else {}


def _after(incident: Incident, verb: str) -> str:
    if verb == "merge":
        merged = Incident.objects.get(pk=incident.id).merged_into_id
        return f"/dispatch/incidents/{merged or incident.id}/"
    if verb == "close":
        return f"/dispatch/incidents/{incident.id}/review/"
    return f"/dispatch/incidents/{incident.id}/"


def _direct(request: HttpRequest, incident: Incident, verb: str) -> HttpResponse:
    given: dict[str, Any]
    if verb == "tick":
        item = read_id(request.POST.get("item"))
        if item is None:
            raise Http404
        given = {"item": item}
        act: Callable[..., Any] = tick_step
    else:
        answers = {
            name.removeprefix("card-"): str(value)
            for name, value in request.POST.items()
            if name.startswith("card-") and value
        }
        given, act = {"answers": answers}, answer_cards
    try:
        act(incident.id, actor=actor_of(request), at=timezone.now(), **given)
    except Refused as refusal:
        return _refused(request, incident, refusal)
    messages.success(request, _("It is written down."))
    return redirect("dispatch:incident", incident.id)


@require_POST
def send(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Send the ticked units; what the recommendation says of them is kept with each."""
    actor, now = actor_of(request), timezone.now()
    permit_desk(actor)
    incident = reads.incident_for(actor, incident_id)
    try:
        units = [UUID(one) for one in request.POST.getlist("unit")]
    except ValueError:
        raise Http404 from None
    why = chosen(recommendation(incident, actor, now), among=units)
    try:
        made = assign_units(incident.id, units=units, actor=actor, at=now, why=why)
    except Refused as refusal:
        return _refused(request, incident, refusal)
    said = ngettext("%(n)d unit is sent.", "%(n)d units are sent.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return redirect("dispatch:incident", incident.id)


def _refused(request: HttpRequest, incident: Incident, refusal: Refused) -> HttpResponse:
    if refusal.status in (403, 404):
        raise refusal
    fresh = reads.incident_for(actor_of(request), incident.id)
    return show(request, fresh, refusal=refusal, status=refusal.status)
