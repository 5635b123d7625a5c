"""Sharing agreements: the list, one with its papers, and the form."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.areas.places import area_names
from linli.cameras.actions.agree import add_paper, conclude, end_agreement
from linli.cameras.choices import LegalClass
from linli.cameras.models import Agreement
from linli.cameras.policy import may_conclude_some, may_end, may_look, permit
from linli.cameras.queries.agreements import agreement_for, agreements, in_scope, standing
from linli.cameras.queries.units import choosable, givable
from linli.cameras.web.agreement_forms import AgreementForm, EndForm, PaperForm
from linli.cameras.web.files import sent
from linli.cases.files import LARGEST
from linli.kernel.errors import NotFound, Refused
from linli.kernel.form_errors import attempt, show_refusal

STANDINGS = {
    "living": ("green", pgettext_lazy("agreement", "holds")),
    "ending": ("yellow", pgettext_lazy("agreement", "ends soon")),
    "coming": ("blue", pgettext_lazy("agreement", "not yet")),
    "over": ("", pgettext_lazy("agreement", "over")),
    "ended": ("", pgettext_lazy("agreement", "ended early")),
}


def _last_day(agreement: Agreement) -> date:
    return timezone.localtime(agreement.ends_at).date() - timedelta(days=1)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the agreements, those that end first before the others."""
    actor, now = actor_of(request), timezone.now()
    permit(may_look(actor))
    rows = agreements(actor)
    places = area_names(row.area for row in rows if row.area)
    context = {
        "rows": [
            (row, *STANDINGS[standing(row, now)], _last_day(row), scope_words(row, places))
            for row in rows
        ],
        "may_conclude": may_conclude_some(actor),
    }
    return render(request, "cameras/agreements.html", context)


def scope_words(agreement: Agreement, places: Any) -> str:
    """Return the scope of an agreement in a few words."""
    if agreement.by_list:
        return _("cameras on its list")
    words = [places.get(agreement.area, agreement.area)] if agreement.area else []
    words += [str(LegalClass(one).label) for one in agreement.classes]
    return " · ".join(words) or _("all cameras")


@require_GET
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Show an agreement."""
    return _page(request, agreement_id)


def _page(
    request: HttpRequest, agreement_id: UUID, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    permit(may_look(actor))
    row = agreement_for(actor, agreement_id)
    stands = standing(row, now)
    light, word = STANDINGS[stands]
    found = in_scope(row)
    context: dict[str, Any] = {
        "agreement": row,
        "light": light,
        "word": word,
        "last_day": _last_day(row),
        "scope": scope_words(row, area_names([row.area]) if row.area else {}),
        "count": found.count(),
        "some": list(found.order_by("code")[:12]),
        "papers": list(row.papers.order_by("added_at")),
        "may_end": may_end(actor, row) and stands in ("living", "ending", "coming"),
        "may_add": may_end(actor, row),
        "end_form": EndForm(),
        "paper_form": PaperForm(),
    }
    return render(request, "cameras/agreement.html", context | bound, status=status)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an agreement down."""
    actor, now = actor_of(request), timezone.now()
    permit(may_conclude_some(actor))
    giving = givable(actor)
    today = timezone.localdate()
    start = {"since": today, "until": today.replace(month=12, day=31)}
    form = AgreementForm(
        request.POST or None, giving=giving, taking=choosable(actor), initial=start
    )
    made: list[UUID] = []

    def act() -> str:
        made.append(conclude(form.described(), actor=actor, at=now).id)
        return _("The agreement was written down.")

    if request.method == "POST" and (told := attempt(form, act)):
        messages.success(request, told)
        return redirect("cameras:agreement", made[0])
    context = {"form": form, "has_units": bool(giving)}
    return render(
        request, "cameras/agreement_form.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def end(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """End an agreement before its time."""
    actor, form = actor_of(request), EndForm(request.POST)
    if form.is_valid():
        try:
            end_agreement(
                agreement_id, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(
                request, _("The agreement has ended; nobody sees anything by it any more.")
            )
            return redirect("cameras:agreements")
    return _page(request, agreement_id, 422, end_form=form)


@require_POST
def add(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Keep a signed paper."""
    actor, form = actor_of(request), PaperForm(request.POST, request.FILES)

    def keep() -> str:
        upload = form.cleaned_data["paper"]
        add_paper(
            agreement_id, name=upload.name or "", data=upload.read(LARGEST + 1), actor=actor,
            at=timezone.now(),
        )  # fmt: skip
        return _("The paper was kept.")

    if said := attempt(form, keep, {"files": "paper"}):
        messages.success(request, said)
        return redirect("cameras:agreement", agreement_id)
    return _page(request, agreement_id, 422, paper_form=form)


@require_GET
def paper(request: HttpRequest, agreement_id: UUID, paper_id: UUID) -> FileResponse:
    """Send a signed paper."""
    row = agreement_for(actor_of(request), agreement_id).papers.filter(pk=paper_id).first()
    if row is None:
        raise NotFound(_("There is no such file here."))
    return sent(row.sha256, row.name, row.content_type)
