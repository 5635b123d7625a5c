"""The panel of the intake form, and taking over what is proposed for a case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts.actor import Actor, actor_of
from linli.cases.actions.classify import classify_case
from linli.cases.policy import may_register
from linli.cases.queries.case import case_for
from linli.kernel.errors import NotFound, NotPermitted
from linli.reading.actions.dismiss import dismiss
from linli.reading.queries import propose
from linli.reading.queries.case_proposal import proposed_for
from linli.reading.queries.saying import lines_of, questions_of
from linli.reading.queries.tables import words

_SHORTEST = 4


@require_POST
def panel(request: HttpRequest) -> HttpResponse:
    """Say what is proposed for what has been typed so far. Nothing of it is kept."""
    actor = actor_of(request)
    if not may_register(actor):
        raise NotPermitted(_("Only people who receive residents can register a case."))
    title = request.POST.get("title", "")[:200]
    text = "\n".join(request.POST.get(name, "")[:8000] for name in ("description", "place")).strip()
    context: dict[str, Any] = {}
    if len(title + text) >= _SHORTEST:
        found = propose(text, within=_here(actor), title=title)
        lines, questions = lines_of(found.parts()), questions_of(found)
        context = {"lines": lines, "questions": questions, "version": found.version}
    return render(request, "reading/panel.html", context)


def _here(actor: Actor) -> str:
    """Return the lowest area the actor works in."""
    return max((role.area for role in actor.roles), key=len, default="")


@require_POST
def take_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Classify a case as proposed, all of it or the fields that were left ticked."""
    actor, now = actor_of(request), timezone.now()
    found = case_for(actor, case_id)
    if found is None:
        raise NotFound(_("There is no such case."))
    case = found[0]
    parts = proposed_for(case)
    chosen = [name for name in request.POST.getlist("field") if name in parts]
    values = {name: parts[name].value for name in chosen}
    if answer := request.POST.get("answer"):
        # It asked because it was not sure, and the person has answered.
        values["category"] = answer[:30]
    if "category" in values:
        values["kind"] = words().kinds.get(values["category"], case.kind)
    back = HttpResponseRedirect(reverse("cases:case", args=[case_id]))
    if not values:
        messages.warning(request, _("Nothing was ticked."))
        return back
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None
    classify_case(case_id, actor=actor, at=now, seen=version, **values)
    messages.success(request, _("Taken over."))
    return back


@require_POST
def put_away(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Propose nothing for this case any more."""
    dismiss(case_id, actor=actor_of(request), at=timezone.now())
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]))
