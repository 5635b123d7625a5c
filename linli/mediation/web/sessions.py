"""Sessions on the page: the list, a session's own page, and the record saved while it is written."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.errors import Invalid, Refused
from linli.kernel.form_errors import show_refusal
from linli.mediation.actions.move_session import cancel_session, move_session
from linli.mediation.actions.save_record import Overtaken, close_record, save_record
from linli.mediation.choices import SessionState
from linli.mediation.models import Mediation, RecordVersion, Session
from linli.mediation.policy import may_hold, may_plan, may_print
from linli.mediation.queries.agreement import called
from linli.mediation.web.page import mediation_for
from linli.mediation.web.session_forms import RecordForm, TimesForm


def section(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return the sessions, the last first."""
    found = (
        Session.objects.filter(mediation=mediation)
        .select_related("room")
        .prefetch_related("attendances__participant__party", "seats__user")
        .order_by("-turn")
    )
    sessions = [_shown(one) for one in found]
    if not sessions:
        return SafeString("")
    context = {"mediation": mediation, "sessions": sessions}
    return render_to_string("mediation/_sessions.html", context, request)


def _shown(session: Session) -> dict[str, Any]:
    begins, ends = session.times
    return {
        "session": session,
        "begins": begins,
        "ends": ends,
        "where": session.room.name if session.room else session.place,
        "people": [
            {"name": called(one.participant), "came": one.came} for one in session.attendances.all()
        ],
    }


def _found(request: HttpRequest, mediation_id: UUID, session_id: UUID) -> tuple[Mediation, Session]:
    mediation = mediation_for(request, mediation_id)
    session = (
        Session.objects.filter(mediation=mediation, pk=session_id)
        .select_related("room")
        .prefetch_related("attendances__participant__party")
        .first()
    )
    if session is None:
        raise Http404
    return mediation, session


@require_GET
def session(request: HttpRequest, mediation_id: UUID, session_id: UUID) -> HttpResponse:
    """Show one session: its record to write or to read, and its times while it is planned."""
    return _page(request, *_found(request, mediation_id, session_id))


def _page(
    request: HttpRequest, mediation: Mediation, session: Session, /, **more: Any
) -> HttpResponse:
    actor = actor_of(request)
    status = more.pop("status", 200)
    begins, ends = (timezone.localtime(moment) for moment in session.times)
    shown = _shown(session)
    context = {
        "mediation": mediation,
        "case": mediation.case,
        "trail": [(reverse("mediation:mediation", args=[mediation.id]), mediation.case.title)],
        **shown,
        "writes": session.state == SessionState.HELD
        and session.closed_at is None
        and may_hold(actor, mediation),
        "prints": may_print(actor, mediation),
        "moves": session.state == SessionState.PLANNED and may_plan(actor, mediation),
        "form": RecordForm(
            initial={
                "version": session.version,
                "record": session.record,
                "joint_statement": session.joint_statement,
            }
        ),
        "times": TimesForm(
            initial={"on": begins.date(), "from_time": begins.time(), "to_time": ends.time()}
        ),
        "versions": RecordVersion.objects.filter(session=session)
        .select_related("saved_by")
        .order_by("-version")[:50],
        **more,
    }
    return render(request, "mediation/session.html", context, status=status)


@require_POST
def record(request: HttpRequest, mediation_id: UUID, session_id: UUID) -> HttpResponse:
    """Save the record: JSON for the page that saves by itself, else the page again."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    form = RecordForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(_("The record is too long."))
        told = form.cleaned_data
        saved = save_record(
            mediation_id, session_id, text=told["record"], seen=told["version"],
            joint_statement=told["joint_statement"], actor=actor_of(request), at=timezone.now(),
        )  # fmt: skip
        if not wants_json and request.POST.get("close"):
            close_record(mediation_id, session_id, actor=actor_of(request), at=timezone.now())
    except Overtaken as refusal:
        if wants_json:
            answer = {"reason": str(refusal), "version": refusal.version, "text": refusal.text}
            return JsonResponse(answer, status=refusal.status)
        form.data = form.data | {"version": refusal.version}  # type: ignore[operator]
        found = _found(request, mediation_id, session_id)
        more = {"form": form, "refusal": refusal, "other": refusal.text}
        return _page(request, *found, status=refusal.status, **more)
    except Refused as refusal:
        if wants_json:
            return JsonResponse({"reason": str(refusal)}, status=refusal.status)
        found = _found(request, mediation_id, session_id)
        return _page(request, *found, form=form, refusal=refusal, status=refusal.status)
    if wants_json:
        return JsonResponse({"version": saved.version})
    messages.success(request, _("The record is saved."))
    return HttpResponseRedirect(_address(mediation_id, session_id))


@require_http_methods(["POST"])
def move(request: HttpRequest, mediation_id: UUID, session_id: UUID) -> HttpResponse:
    """Put a planned session at another time."""
    found = _found(request, mediation_id, session_id)
    form = TimesForm(request.POST)
    if form.is_valid():
        begins, ends = form.times()
        try:
            move_session(
                mediation_id, session_id, begins=begins, ends=ends, actor=actor_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            show_refusal(form, refusal)
    if form.errors:
        return _page(request, *found, times=form, status=422)
    messages.success(request, _("The session was moved."))
    return HttpResponseRedirect(_address(mediation_id, session_id))


@require_POST
def cancel(request: HttpRequest, mediation_id: UUID, session_id: UUID) -> HttpResponse:
    """Cancel a planned session."""
    found = _found(request, mediation_id, session_id)
    try:
        cancel_session(mediation_id, session_id, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        return _page(request, *found, refusal=refusal, status=refusal.status)
    messages.success(request, _("The session was cancelled."))
    return HttpResponseRedirect(reverse("mediation:mediation", args=[mediation_id]))


def _address(mediation_id: UUID, session_id: UUID) -> str:
    return reverse("mediation:session", args=[mediation_id, session_id])
