"""Opening an incident: from the dispatcher's form, or with one press from an alarm."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.dispatch.actions.open_for_alarm import open_for_alarm
from linli.dispatch.actions.open_incident import open_incident
from linli.dispatch.models import Incident
from linli.dispatch.web.forms import OpenForm
from linli.dispatch.web.home import permit_desk
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.ids import new_id
from linli.kernel.once import claim


@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """Show the form; open the incident and go to its page, where the units are proposed."""
    actor, now = actor_of(request), timezone.now()
    permit_desk(actor)
    form = OpenForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            incident = _open_once(form, actor)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("dispatch:incident", incident)
    status = 422 if form.errors else 200
    return render(request, "dispatch/open.html", {"form": form}, status=status)


def _open_once(form: OpenForm, actor: Actor) -> UUID:
    """Open in one transaction; the same form sent twice gives the first incident."""
    now, case_id = timezone.now(), new_id()
    with transaction.atomic():
        key = f"incident:{form.cleaned_data['key']}"
        if first := claim(cast("UUID", actor.user_id), key, b"incident", case_id, now):
            return Incident.objects.values_list("id", flat=True).get(case=first)
        return open_incident(form.told(), actor=actor, at=now, case_id=case_id).id


@require_POST
def for_alarm(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    """Answer an alarm and open its incident."""
    actor = actor_of(request)
    permit_desk(actor)
    try:
        incident = open_for_alarm(
            alarm_id, kind=request.POST.get("kind", ""), actor=actor, at=timezone.now()
        )
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, f"{refusal.reason} {refusal.hint}".strip())
        return redirect("alarms:alarm", alarm_id)
    messages.success(request, _("Answered. These units are proposed."))
    return redirect("dispatch:incident", incident.id)
