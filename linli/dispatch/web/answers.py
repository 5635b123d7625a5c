"""Answers of a unit: pressed on its phone, or by the dispatcher who heard it on the radio."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts.actor import actor_of
from linli.dispatch.actions.accept import accept_assignment
from linli.dispatch.actions.arrive import arrive
from linli.dispatch.actions.ask_help import ask_help
from linli.dispatch.actions.decline import decline_assignment
from linli.dispatch.actions.finish import finish_assignment
from linli.dispatch.actions.recall import recall_assignment
from linli.dispatch.actions.set_out import set_out
from linli.dispatch.models import Assignment
from linli.kernel.errors import Refused

ACTIONS: Mapping[str, Callable[..., Assignment]] = {
    "accept": accept_assignment,
    "set_out": set_out,
    "arrive": arrive,
    "finish": finish_assignment,
    "ask_help": ask_help,
    "decline": decline_assignment,
    "recall": recall_assignment,
}
NOTED = frozenset({"finish", "ask_help", "decline", "recall"})


@require_POST
def answer(request: HttpRequest, assignment_id: UUID, verb: str) -> HttpResponse:
    """Do it and go back to where the button was: the unit's phone, or the incident."""
    actor = actor_of(request)
    if verb not in ACTIONS:
        raise Http404
    sent = Assignment.objects.select_related("unit").filter(pk=assignment_id).first()
    if sent is None:
        raise Http404
    given: dict[str, Any] = {"note": request.POST.get("note", "")} if verb in NOTED else {}
    try:
        ACTIONS[verb](assignment_id, actor=actor, at=timezone.now(), **given)
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, f"{refusal.reason} {refusal.hint}".strip())
    else:
        messages.success(request, _("It is written down."))
    if request.POST.get("from") == "phone":
        return redirect("dispatch:phone", sent.unit_id)
    return redirect("dispatch:incident", sent.incident_id)
