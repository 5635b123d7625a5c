"""A dispatcher takes a call: what, where, and done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import actor_of
from linli.alarms.actions.enter import enter_call
from linli.alarms.policy import permit_open
from linli.alarms.queries.spots import find_spots
from linli.alarms.web.forms import CallForm
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Show the form; put the call into the queue and go to its page."""
    actor = actor_of(request)
    permit_open(actor)
    form = CallForm(request.POST if request.method == "POST" else None, actor=actor)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                alarm = enter_call(form.call(), actor=actor, at=timezone.now())
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("The call is in the queue; you have answered it."))
                return redirect("alarms:alarm", alarm.id)
    return render(request, "alarms/call.html", {"form": form}, status=status)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Answer ``?words=``: what they may mean, in the order of the form's choices."""
    actor = actor_of(request)
    permit_open(actor)
    found = find_spots(actor, request.GET.get("words", ""))
    return JsonResponse({"places": [{"name": one.name, "detail": one.detail} for one in found]})
