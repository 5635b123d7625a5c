"""The list of mediations in hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.mediation.queries.listing import in_hand


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what the person's committees have in hand."""
    rows, after = in_hand(actor_of(request), after=request.GET.get("after", ""))
    context = {"rows": rows, "after": after, "today": timezone.localdate()}
    return render(request, "mediation/list.html", context)
