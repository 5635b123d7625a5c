"""The page of a mediation: a guided procedure, put together from its sections."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.mediation.models import Mediation
from linli.mediation.policy import visible_to
from linli.mediation.web.sections import SECTIONS


def mediation_for(request: HttpRequest, mediation_id: UUID) -> Mediation:
    """Return a mediation the person may see, with case, committee and seats, or answer 404."""
    found = (
        Mediation.objects.filter(visible_to(actor_of(request)), pk=mediation_id)
        .select_related("case", "case__holder", "case__category", "committee", "committee__unit")
        .prefetch_related("seats__user", "participants__party")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_GET
def mediation(request: HttpRequest, mediation_id: UUID) -> HttpResponse:
    """Show a mediation."""
    return show(request, mediation_for(request, mediation_id))


def show(request: HttpRequest, mediation: Mediation, /, **more: Any) -> HttpResponse:
    """Answer with the whole page, or with a step's form alone: one thing to do at a time.

    ``more`` may hold a form, a refusal and a status.
    """
    status = more.pop("status", 200)
    shown = () if "form" in more else SECTIONS
    context = {
        "mediation": mediation,
        "case": mediation.case,
        "sections": [import_string(path)(request, mediation) for path in shown],
        **more,
    }
    return render(request, "mediation/mediation.html", context, status=status)
