"""The path's part of the page: where it stands, who takes part, the next lawful step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import actor_of
from linli.cases.queries.case import case_for
from linli.cases.queries.case import parties as parties_of_case
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.form_errors import show_beside, show_refusal
from linli.mediation import lifecycle
from linli.mediation.choices import Side
from linli.mediation.models import Mediation
from linli.mediation.policy import may_begin
from linli.mediation.queries.limitation import limitation
from linli.mediation.queries.offers import next_step, pointless
from linli.mediation.queries.path import (
    masked_name,
    offered,
    parties,
    stages,
    timeline,
    willing,
)
from linli.mediation.queries.seating import answers
from linli.mediation.queries.told import about_mediators
from linli.mediation.web.forms import BeginForm, StepForm
from linli.mediation.web.page import mediation_for, show
from linli.mediation.web.verbs import BEGINNINGS, BUTTONS, PAGES
from linli.mediation.web.words import detail_of, label_of

STAGE_WORDS = {
    "acceptance": pgettext_lazy("stage", "acceptance"),
    "mediation": pgettext_lazy("stage", "mediation"),
    "agreement": pgettext_lazy("stage", "agreement"),
    "performance": pgettext_lazy("stage", "performance"),
    "follow_up": pgettext_lazy("stage", "follow-up"),
    "archive": pgettext_lazy("stage", "archive"),
}


def section(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return the stages, the next step, and what else may be done."""
    there = parties(mediation)
    useless = pointless(mediation)
    may = [
        verb
        for verb in offered(actor_of(request), mediation)
        if verb in BUTTONS and verb not in useless
    ]
    asked = answers(mediation)
    unasked = [seat for seat in mediation.seated if seat.user_id not in asked]
    primary = _next(mediation, may, willing(there), asked=not unasked)
    context = {
        "mediation": mediation,
        "stages": [(str(STAGE_WORDS[one.name]), one.standing) for one in stages(mediation)],
        "primary": (primary, label_of(primary)) if primary else None,
        "others": [
            (verb, label_of(verb))
            for verb in BUTTONS
            if verb in may and verb != primary and not lifecycle.MOVES[verb].destructive
        ],
        "endings": [
            (verb, label_of(verb))
            for verb in BUTTONS
            if verb in may and lifecycle.MOVES[verb].destructive
        ],
        "limitation": limitation(mediation),
        "articles": "《中华人民共和国民法典》第一百八十八条、第一百九十五条",
        "waits_for_consent": mediation.state in lifecycle.WAITING and not willing(there),
        "seats": [(seat, asked.get(seat.user_id)) for seat in mediation.seated],
        "conflicts": [one for one in asked.values() if one.has_conflict],
    }
    return render_to_string("mediation/_path.html", context, request)


def history(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return what happened, the latest first."""
    events = list(timeline(mediation))
    about = about_mediators(events)
    entries = [
        {
            "at": event.at,
            "title": _titled(
                event.verb, about.get(event.id, "") or detail_of(event.verb, event.facts)
            ),
            "by": event.actor.name if event.actor else "Linli",
            "text": note.text if (note := getattr(event, "note", None)) else "",
            "light": "red" if event.verb in ("alarm", "breach") else "",
        }
        for event in events
    ]
    return render_to_string("mediation/_timeline.html", {"entries": entries}, request)


def _titled(verb: str, about: str) -> str:
    label = label_of(verb)
    return _("%(verb)s: %(detail)s") % {"verb": label, "detail": about} if about else label


def _next(mediation: Mediation, may: list[str], both_agreed: bool, *, asked: bool) -> str:
    """Return the step that usually comes next: it is shown as such, the others beside it."""
    if "declare" in may and not asked:
        return "declare"
    if "accept" in may and both_agreed:
        return "accept"
    if "seat" in may and not mediation.seated:
        return "seat"
    usual = next_step(mediation)
    return usual if usual in may else ""


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, mediation_id: UUID, verb: str) -> HttpResponse:
    """Show a verb's form (GET), or do it (POST) to the version the form was made for."""
    mediation = mediation_for(request, mediation_id)
    if verb not in PAGES:
        raise Http404
    actor, now = actor_of(request), timezone.now()
    given: dict[str, Any] = {"verb": verb, "mediation": mediation, "actor": actor, "now": now}
    form = PAGES[verb].form(request.POST if request.method == "POST" else None, **given)
    if request.method == "GET":
        return show(request, mediation, form=form, title=label_of(verb))
    return _do(request, mediation, form)


def _do(request: HttpRequest, mediation: Mediation, form: StepForm) -> HttpResponse:
    title = label_of(form.verb)
    if not form.is_valid():
        return show(request, mediation, form=form, title=title, status=422)
    try:
        PAGES[form.verb].act(
            mediation.id,
            actor=form.actor,
            at=form.now,
            seen=form.cleaned_data["version"],
            **form.arguments(),
        )
    except Refused as refusal:
        if isinstance(refusal, Invalid):
            show_beside(form, refusal)
        return show(
            request, mediation, form=form, title=title, refusal=refusal, status=refusal.status
        )
    messages.success(request, _("Done: %(verb)s.") % {"verb": title})
    return HttpResponseRedirect(reverse("mediation:mediation", args=[mediation.id]))


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin a mediation of a case: applied for, offered, or sent by another body."""
    actor, now = actor_of(request), timezone.now()
    found = case_for(actor, case_id)
    if found is None:
        raise Http404
    case = found[0]
    if not may_begin(actor, case):
        raise NotPermitted(_("Only where the case is, or above, a mediation can begin."))
    there = [
        (str(one.id), f"{one.get_role_display()} · {masked_name(one)}")
        for one in parties_of_case(case)
        if one.role in Side.values
    ]
    form = BeginForm(request.POST or None, case=case, people=there, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            mediation = BEGINNINGS[form.verb](case.id, form.opening(), actor=actor, at=now)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The mediation has begun."))
            return HttpResponseRedirect(reverse("mediation:mediation", args=[mediation.id]))
    status = 422 if form.errors else 200
    trail = [(reverse("cases:case", args=[case.id]), case.number)]
    context = {"case": case, "form": form, "trail": trail}
    return render(request, "mediation/begin.html", context, status=status)
