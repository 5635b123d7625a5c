"""Warnings to the public: drafts that wait for a second person, and what was issued."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import actor_of
from linli.alarms.actions.set_warning_terms import set_warning_terms
from linli.alarms.actions.warn import draft_cancel, draft_warning, issue_warning, refuse_warning
from linli.alarms.models import PublicWarning
from linli.alarms.policy import permit_connect, permit_open_warnings
from linli.alarms.queries.warnings import terms, warning_for, warnings_for
from linli.alarms.warning_choices import LIGHTS, WarningState, WarningType
from linli.alarms.web.trails import to_desks
from linli.alarms.web.warning_forms import ReasonForm, TermsForm, WarningForm
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """List drafts and issued warnings."""
    actor = actor_of(request)
    permit_open_warnings(actor)
    rows = [(one, LIGHTS[one.severity]) for one in warnings_for(actor)]
    context = {"rows": rows, "terms": terms(), "now": timezone.now()}
    return render(request, "alarms/warnings.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, warning_id: UUID | None = None) -> HttpResponse:
    """Write a warning, or the update of one that was issued."""
    actor, now = actor_of(request), timezone.now()
    permit_open_warnings(actor)
    before = warning_for(actor, warning_id) if warning_id else None
    initial: dict[str, Any] = {"expires_at": timezone.localtime(now) + timedelta(hours=6)}
    if before is not None:
        names = [name for name in WarningForm.base_fields if name != "expires_at"]
        initial |= {name: getattr(before, name) for name in names if name != "area"}
        initial["area"] = before.area_id
    form = WarningForm(request.POST or None, actor=actor, initial=initial)
    if form.is_valid():
        try:
            made = draft_warning(form.data_of(), actor=actor, at=now, updates=warning_id)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Another director has to issue it."))
            return redirect("alarms:warning", made.id)
    context = {"form": form, "before": before, "terms": terms()}
    return render(
        request, "alarms/warning_form.html", context, status=422 if form.is_bound else 200
    )


@require_GET
def page(request: HttpRequest, warning_id: UUID) -> HttpResponse:
    """Show one warning."""
    actor = actor_of(request)
    permit_open_warnings(actor)
    return _page(request, warning_for(actor, warning_id))


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, warning_id: UUID, verb: str) -> HttpResponse:
    """Issue a draft, refuse it, or draft a cancellation."""
    actor, now = actor_of(request), timezone.now()
    permit_open_warnings(actor)
    if verb not in ("issue", "refuse", "cancel"):
        raise Http404
    warning = warning_for(actor, warning_id)
    form = None if verb == "issue" else ReasonForm(request.POST or None)
    if request.method == "GET" or (form is not None and not form.is_valid()):
        status = 200 if request.method == "GET" else 422
        return _page(request, warning, verb=verb, form=form, status=status)
    try:
        if verb == "issue":
            done = issue_warning(warning_id, actor=actor, at=now)
            messages.success(request, _("The warning is issued and stands in the feed."))
        elif verb == "refuse":
            done = refuse_warning(warning_id, note=_note(form), actor=actor, at=now)
            messages.success(request, _("It is not issued."))
        else:
            done = draft_cancel(warning_id, note=_note(form), actor=actor, at=now)
            messages.success(request, _("Saved. Another director has to issue it."))
    except Refused as refusal:
        return _page(request, warning, refusal=refusal, status=refusal.status)
    return redirect("alarms:warning", done.id)


def _note(form: forms.Form | None) -> str:
    return str(form.cleaned_data["note"]) if form else ""


def _page(
    request: HttpRequest, warning: PublicWarning, *, verb: str = "",
    form: forms.Form | None = None, refusal: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    actor, now = actor_of(request), timezone.now()
    followers = list(warning.followers.exclude(state=WarningState.REFUSED))
    is_draft = warning.state == WarningState.DRAFT
    current = warning.state == WarningState.ISSUED and not followers and warning.expires_at > now
    context = {
        "warning": warning,
        "light": LIGHTS[warning.severity],
        "is_draft": is_draft,
        "may_issue": is_draft and warning.drafted_by_id != actor.user_id,
        "may_follow": current and warning.type != WarningType.CANCEL,
        "followers": followers,
        "verb": verb,
        "form": form,
        "refusal": refusal,
        "terms": terms(),
        "expired": warning.expires_at <= now,
    }
    return render(request, "alarms/warning.html", context, status=status)


@require_http_methods(["GET", "POST"])
def set_terms(request: HttpRequest) -> HttpResponse:
    """Let an administrator say who warns, and whether in earnest."""
    actor, known = actor_of(request), terms()
    permit_connect(actor)
    initial = {"sender": known.sender, "is_real": known.is_real}
    form = TermsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            set_warning_terms(**form.cleaned_data, actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The terms are saved."))
            return redirect("alarms:warning_terms")
    status = 422 if form.is_bound else 200
    context = {"form": form, "trail": to_desks()}
    return render(request, "alarms/warning_terms.html", context, status=status)
