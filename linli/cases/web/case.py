"""The case page, and the one view behind every verb."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import Actor, actor_of
from linli.cases import lifecycle, policy
from linli.cases.actions.step import check_state
from linli.cases.choices import Verb
from linli.cases.files import ACCEPTED, LARGEST
from linli.cases.lights import light_of
from linli.cases.models import Case
from linli.cases.queries import case as read
from linli.cases.queries.offers import Facts, next_step, verbs_for
from linli.cases.queries.summary import summary_of
from linli.cases.web.forms import VerbForm
from linli.cases.web.verbs import DIRECT, PAGES
from linli.cases.web.words import line_of, person_of, running_of
from linli.kernel.errors import IllegalMove, Invalid, Refused, Stale
from linli.kernel.ids import read_id


@require_GET
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case; to a unit that had it before, its summary."""
    found = read.case_for(actor_of(request), case_id)
    if found is None:
        return summary(request, case_id)
    if request.headers.get("HX-Target") == "timeline-more":
        context = timeline_context(request, found[0])
        return render(request, "cases/case.html#entries", context)
    return page(request, *found)


def summary(
    request: HttpRequest, case_id: UUID, *, refusal: Refused | None = None, typed: str = ""
) -> HttpResponse:
    """Show what a former unit may still know, or that there is nothing."""
    known = summary_of(case_id)
    if known is None:
        raise Http404
    context = {"summary": known, "refusal": refusal, "typed": typed, "case_id": case_id}
    status = refusal.status if refusal else 200
    return render(request, "cases/summary.html", context, status=status)


def page(request: HttpRequest, case: Case, facts: Facts, /, **more: Any) -> HttpResponse:
    """Answer with the whole case page; ``more`` may hold a form, a refusal and a status."""
    status = more.pop("status", 200)
    context = case_context(request, case, facts) | more
    return render(request, "cases/case.html", context, status=status)


def case_context(request: HttpRequest, case: Case, facts: Facts) -> dict[str, Any]:
    """Return everything the page shows of a case."""
    actor, now = actor_of(request), timezone.now()
    offered = verbs_for(actor, case, facts, now)
    primary = next_step(case, offered)
    # In the order of the table of pages, which is that of use; the natural next step stands first.
    shown = sorted(offered, key=lambda verb: (verb != primary, list(PAGES).index(verb)))
    may_attach = policy.may_attach(actor, case)
    return {
        "case": case,
        "light": light_of(case, now),
        "category": case.category.label if case.category else "",
        "asked": facts.asked_for_time,
        "offered": offered,
        "buttons": [
            (v, _label(v), v in DIRECT, v == primary)
            for v in shown
            if not lifecycle.MOVES[v].destructive
        ],
        "endings": [(v, _label(v), False, False) for v in shown if lifecycle.MOVES[v].destructive],
        "clocks": [running_of(clock, now) for clock in read.clocks(case)],
        "parties": [person_of(party) for party in read.parties(case)],
        "attachments": read.attachments(case),
        "helpers": read.helpers(case),
        "linked": read.linked(case),
        "may_attach": may_attach,
        "may_reveal": policy.may_reveal(actor, case),
        "may_erase": policy.may_erase(actor, case),
        "accepted": ACCEPTED,
        "largest": LARGEST,
        **timeline_context(request, case),
    }


def _label(verb: str) -> str:
    label = str(Verb(verb).label)
    return label[:1].upper() + label[1:]


def timeline_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Return a page of the timeline, from ``?before=`` on."""
    events = read.timeline(case, read_id(request.GET.get("before")))
    shown = events[: read.EVENTS_A_PAGE]
    older = shown[-1].id if len(events) > len(shown) else None
    return {"case": case, "entries": [line_of(event) for event in shown], "older": older}


@require_http_methods(["GET", "POST"])
def verb(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """Show a verb's form (GET), or do it (POST) to the version of the case the form was made for."""
    actor, now = actor_of(request), timezone.now()
    found = read.case_for(actor, case_id)
    if found is None:
        return summary(request, case_id)
    shown, facts = found
    asked: dict[str, Any] = {"verb": verb, "case": shown, "actor": actor, "now": now}
    if request.method == "POST":
        return _do(request, PAGES[verb].form(request.POST, **asked))
    _refuse_unless_offered(verb, actor, shown, facts, now)
    form = PAGES[verb].form(None, **asked)
    context = {"case": shown, "form": form, "title": _label(verb), "can_send": True}
    if request.headers.get("HX-Request"):
        return render(request, "cases/case.html#act", context)
    return page(request, shown, facts, **context)


def _do(request: HttpRequest, form: VerbForm) -> HttpResponse:
    if not form.is_valid():
        return _again(request, form, Invalid(_("Something is missing or wrong: see below.")))
    act, seen = PAGES[form.verb].act, form.cleaned_data["version"]
    try:
        act(form.case.id, actor=form.actor, at=form.now, seen=seen, **form.arguments())
    except Refused as refusal:
        if isinstance(refusal, Invalid):
            form.refuse(refusal)
        return _again(request, form, refusal)
    messages.success(request, _("Done: %(verb)s.") % {"verb": Verb(form.verb).label})
    return HttpResponseRedirect(_after(request, form.case.id))


def _after(request: HttpRequest, case_id: UUID) -> str:
    if request.POST.get("next") == "workbench":
        return reverse("cases:workbench")
    return reverse("cases:case", args=[case_id])


def _refuse_unless_offered(
    verb: str, actor: Actor, case: Case, facts: Facts, now: datetime
) -> None:
    check_state(verb, case)
    policy.permit(verb, actor, case)
    if verb not in verbs_for(actor, case, facts, now):
        raise IllegalMove(
            _("“%(verb)s” is not possible now.") % {"verb": Verb(verb).label},
            _("Look at the case's deadlines and its last steps."),
        )


def _again(request: HttpRequest, form: VerbForm, refusal: Refused) -> HttpResponse:
    """Show the case as it is now, with what was typed, and why it was not done."""
    actor, now = actor_of(request), timezone.now()
    found = read.case_for(actor, form.case.id)
    if found is None:
        typed = request.POST.get("note", "")
        return summary(request, form.case.id, refusal=refusal, typed=typed)
    case, facts = found
    if isinstance(refusal, Stale):
        # The page below shows the present state: sending again is then an informed decision.
        data = request.POST.copy()
        data["version"] = str(case.version)
        form.data = data
    return page(
        request,
        case,
        facts,
        form=form,
        title=_label(form.verb),
        refusal=refusal,
        can_send=form.verb in verbs_for(actor, case, facts, now),
        status=refusal.status,
    )


@require_GET
def point(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """Give the map the one point of this case."""
    found = read.case_for(actor_of(request), case_id)
    if found is None:
        raise Http404
    case = found[0]
    points = []
    if case.latitude is not None and case.longitude is not None:
        where = [round(case.longitude, 6), round(case.latitude, 6)]
        points = [[*where, light_of(case, timezone.now()), case.number, str(case.id)]]
    return JsonResponse({"points": points})


@require_GET
def printed(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the case as paper: everything but personal data and buttons."""
    found = read.case_for(actor_of(request), case_id)
    if found is None:
        return summary(request, case_id)
    return render(request, "cases/print.html", case_context(request, *found))
