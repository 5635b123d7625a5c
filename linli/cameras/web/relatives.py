"""Relatives of a missing person look on: asked by the viewer, decided by the unit that runs the camera."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.accounts.scope import own_transactions
from linli.cameras.actions.let_relative_look import (
    ask_for_relative,
    begin_relative,
    decide_relative,
    name_of,
)
from linli.cameras.actions.refuse_video import noting_refusals
from linli.cameras.models import Grant, RelativeViewing
from linli.cameras.web.clip_forms import RelativeForm
from linli.cameras.web.trails import to_rooms_door
from linli.cameras.web.video import refused
from linli.kernel.errors import NotFound, Refused
from linli.kernel.form_errors import attempt


@require_http_methods(["GET", "POST"])
def of_grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Ask that a relative may look on, and show what was decided."""
    actor, at = actor_of(request), timezone.now()
    grant = Grant.objects.filter(pk=grant_id, viewer=actor.user_id).select_related("case").first()
    if grant is None:
        raise NotFound(_("There is no such grant here."))
    form = RelativeForm(request.POST or None)

    def ask() -> str:
        ask_for_relative(grant_id, **form.cleaned_data, actor=actor, at=at)
        return _("The unit that runs the camera was asked.")

    if request.method == "POST" and (said := attempt(form, ask)):
        messages.success(request, said)
        return redirect("cameras:relatives", grant_id)
    rows = [(one, name_of(one)) for one in grant.relatives.select_related("managing")]
    trail = [(reverse("cameras:watch", args=[grant.id]), _("Video"))]
    context = {"grant": grant, "form": form, "rows": rows, "trail": trail}
    return render(request, "cameras/relatives.html", context, status=422 if form.errors else 200)


@require_GET
def to_decide(request: HttpRequest) -> HttpResponse:
    """Show what waits for the consent of the person's unit."""
    actor = actor_of(request)
    waiting = RelativeViewing.objects.filter(
        managing__in=actor.units, consented_at=None, declined_at=None
    ).exclude(asked_by=actor.user_id)
    rows = waiting.select_related("grant__case", "grant__unit", "asked_by")
    return render(
        request, "cameras/relatives_to_decide.html", {"rows": rows, "trail": to_rooms_door(actor)}
    )


@own_transactions
@require_POST
def decide(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Consent, or decline."""
    actor, at = actor_of(request), timezone.now()
    try:
        with noting_refusals(actor, at):
            consent = request.POST.get("decision") == "consent"
            decide_relative(viewing_id, consent=consent, actor=actor, at=at)
    except Refused as why:
        return refused(request, actor, why)
    messages.success(request, _("Your decision was written down."))
    return redirect("cameras:relatives_to_decide")


@own_transactions
@require_POST
def begin(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Write down that the relative looks on now, and go to the video."""
    actor, at = actor_of(request), timezone.now()
    try:
        with noting_refusals(actor, at):
            viewing = begin_relative(viewing_id, actor=actor, at=at)
    except Refused as why:
        return refused(request, actor, why)
    return redirect("cameras:watch", viewing.grant_id)
