"""What comes after: situation reports as given, the after-action review, and the hand-over."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import actor_of
from linli.dispatch import lifecycle
from linli.dispatch.actions.hand_over import desk_of, hand_over_desk, people_at
from linli.dispatch.actions.review_incident import review_incident
from linli.dispatch.models import Handover, Incident, Review, SituationReport
from linli.dispatch.policy import may_dispatch
from linli.dispatch.queries import page as reads
from linli.dispatch.queries.clocks import clocks_of, spell
from linli.dispatch.queries.performance import clocks_of_units, kept_share
from linli.dispatch.situation_paper import situation_pdf
from linli.dispatch.web.forms import ReviewForm
from linli.dispatch.web.home import permit_desk
from linli.kernel.caching import private
from linli.kernel.errors import NotPermitted, Refused
from linli.kernel.form_errors import show_refusal


@require_GET
def situation(request: HttpRequest, incident_id: UUID, number: int) -> HttpResponse:
    """Show a situation report as it was given, ready to be printed."""
    incident, report = _report(request, incident_id, number)
    context = {"incident": incident, "case": incident.case, "report": report}
    return render(request, "dispatch/situation.html", context)


@require_GET
def situation_paper(request: HttpRequest, incident_id: UUID, number: int) -> HttpResponse:
    """Send a situation report as PDF."""
    incident, report = _report(request, incident_id, number)
    name = f"{incident.case.number}-{report.number}.pdf"
    answer = HttpResponse(situation_pdf(incident, report), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return private(answer)


def _report(
    request: HttpRequest, incident_id: UUID, number: int
) -> tuple[Incident, SituationReport]:
    actor = actor_of(request)
    permit_desk(actor)
    incident = reads.incident_for(actor, incident_id)
    reports = SituationReport.objects.select_related("by")
    return incident, get_object_or_404(reports, incident=incident, number=number)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Show every clock against its target, and keep what was learnt."""
    actor, now = actor_of(request), timezone.now()
    permit_desk(actor)
    incident = reads.incident_for(actor, incident_id)
    leads = may_dispatch(actor, incident.area_id) and incident.state == lifecycle.CLOSED
    written = Review.objects.filter(incident=incident).select_related("by").first()
    form = _review_form(request, incident, written) if leads else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            review_incident(incident.id, actor=actor, at=now, **form.asked())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The review is kept."))
            return redirect("dispatch:review", incident.id)
    sent, checks = reads.assignments_of(incident), reads.checks_of(incident)
    in_time, steps = kept_share(checks)
    context = {
        "incident": incident,
        "case": incident.case,
        "clocks": [_shown(clock, now) for clock in clocks_of(incident)],
        "units": [
            (name, [_shown(clock, now) for clock in clocks])
            for name, clocks in clocks_of_units(incident, sent)
        ],
        "checks": checks,
        "steps": steps,
        "in_time": in_time,
        "entries": reads.timeline_of(incident, newest_first=False),
        "written": written,
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "dispatch/review.html", context, status=status)


def _review_form(request: HttpRequest, incident: Incident, written: Review | None) -> ReviewForm:
    initial = {"good": written.good, "better": written.better} if written else {}
    data = request.POST if request.method == "POST" else None
    return ReviewForm(data, incident=incident, initial=initial)


def _shown(clock: Any, now: Any) -> tuple[Any, str, str, str]:
    return clock, spell(clock.took), spell(clock.target) if clock.target else "", clock.light(now)


class HandoverForm(forms.Form):
    """Who takes the desk, and what they must know."""

    taker = forms.TypedChoiceField(
        label=gettext_lazy("Who takes over"), coerce=UUID, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("What the next one must know"), max_length=2_000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """Give the open incidents one leads to a colleague of the desk; show the last hand-overs."""
    actor, now = actor_of(request), timezone.now()
    permit_desk(actor)
    desk = desk_of(actor)
    if desk is None:
        raise NotPermitted(_("Only a dispatcher hands a desk over."))
    form = HandoverForm(request.POST if request.method == "POST" else None)
    colleagues = {
        str(role.user_id): role.user.name
        for role in people_at(desk, now)
        if role.user_id != actor.user_id
    }
    form.fields["taker"].choices = list(colleagues.items())  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            done = hand_over_desk(actor=actor, at=now, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            count = len(done.incidents)
            said = ngettext(
                "%(n)d open incident is handed over.",
                "%(n)d open incidents are handed over.",
                count,
            )
            messages.success(request, said % {"n": count})
            return redirect("dispatch:handover")
    mine = Incident.objects.filter(state=lifecycle.OPEN, case__handler=actor.user_id)
    past = Handover.objects.filter(desk=desk).select_related("giver", "taker").order_by("-at")
    context = {
        "form": form,
        "colleagues": colleagues,
        "mine": mine.select_related("kind", "area").order_by("priority", "received_at"),
        "past": past[:10],
    }
    return render(request, "dispatch/handover.html", context, status=422 if form.errors else 200)
