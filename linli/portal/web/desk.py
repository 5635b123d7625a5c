"""The staff's side: write to a resident, decide on a reopening, review what becomes public."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.kernel.caching import private
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.form_errors import show_beside
from linli.portal import lifecycle
from linli.portal.actions import speak
from linli.portal.actions.publish import LONGEST, review
from linli.portal.models import Photo, Publication
from linli.portal.policy import may_keep_house, may_review, sees_residents
from linli.portal.queries import desk as read
from linli.portal.receipts import drawn, grouped
from linli.portal.texts import LONGEST as LONGEST_TEXT

STATES = [
    (lifecycle.PUBLISHED, gettext_lazy("Publish")),
    (lifecycle.WITHOUT_PHOTO, gettext_lazy("Publish without a photo")),
    (lifecycle.REFUSED, gettext_lazy("Do not publish")),
]


class ReviewForm(forms.Form):
    """What everybody will read."""

    state = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=STATES, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Public text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("Take out names, phones, house numbers, and what accuses anybody."),
    )
    answer = forms.CharField(
        label=gettext_lazy("What became of it"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )
    photo = forms.UUIDField(required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what of residents waits: wishes, words unread, and what is to be reviewed."""
    actor = actor_of(request)
    if not sees_residents(actor):
        raise NotPermitted(_("This page is for desks and administrators."))
    pages = Paginator(read.reviews(actor), read.A_PAGE)
    context = {
        "waiting": read.waiting(actor),
        "found": pages.get_page(request.GET.get("page")),
        "may_keep_house": may_keep_house(actor),
        "today": timezone.localdate(),
    }
    return render(request, "portal/residents.html", context)


@require_POST
def say(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write to the resident of a case."""
    word, text = request.POST.get("word", ""), request.POST.get("text", "")
    try:
        speak.speak(case_id, word=word, text=text, actor=actor_of(request), at=timezone.now())
        messages.success(request, _("Sent: the resident reads it with the receipt."))
    except Invalid as refusal:
        messages.error(request, str(refusal.reason))
    return _to_case(case_id)


@require_POST
def read_by_me(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say that the resident's words have been read."""
    speak.mark_seen(case_id, actor=actor_of(request), at=timezone.now())
    return _to_case(case_id)


@require_POST
def reissue(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give the resident at the window a new receipt, shown this once."""
    code = speak.reissue(case_id, actor=actor_of(request), at=timezone.now())
    address = request.build_absolute_uri(reverse("portal:receipt", args=[code]))
    context = {
        "case_id": case_id,
        "grouped": grouped(code),
        "address": address,
        "drawing": drawn(address),
    }
    return private(render(request, "portal/reissued.html", context))


@require_POST
def decide(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """Reopen as the resident asks, or say why not."""
    granted, answer = request.POST.get("granted") == "yes", request.POST.get("answer", "")
    try:
        case = speak.decide_reopening(
            wish_id, granted=granted, answer=answer, actor=actor_of(request), at=timezone.now()
        )
    except Invalid as refusal:
        messages.error(request, str(refusal.reason))
        return HttpResponseRedirect(_back(request))
    said = (
        _("Reopened; the resident reads your answer.") if granted else _("The resident was told.")
    )
    messages.success(request, said)
    return _to_case(case.id)


@require_http_methods(["GET", "POST"])
def publication(request: HttpRequest, publication_id: UUID) -> HttpResponse:
    """Show what was asked to be published beside what it would look like, and decide."""
    row = (
        Publication.objects.filter(pk=publication_id)
        .defer("photo")
        .select_related("case__area", "case__holder")
        .first()
    )
    if row is None:
        raise Http404
    if not may_review(actor_of(request), row.case):
        raise NotPermitted(_("Only the desk of a centre that covers it decides what is public."))
    photos = list(
        Photo.objects.filter(report=row.report_id, attachment__removed_at=None).order_by("id")
    )
    if request.method == "GET":
        first = str(photos[0].pk) if photos else ""
        state = row.state if row.state != lifecycle.WAITING else _suggested(photos)
        initial = {"state": state, "text": row.text, "answer": row.answer, "photo": first}
        return _review_page(
            request, row, photos, ReviewForm(initial={**initial, "seen": row.state})
        )
    form = ReviewForm(request.POST)
    refusal = _decided(form, row, actor_of(request), timezone.now())
    if refusal is not None:
        return _review_page(request, row, photos, form, refusal)
    messages.success(request, _("Decided."))
    return HttpResponseRedirect(reverse("portal:residents"))


def _suggested(photos: list[Photo]) -> str:
    return lifecycle.PUBLISHED if photos else lifecycle.WITHOUT_PHOTO


def _decided(form: ReviewForm, row: Publication, actor: Actor, at: datetime) -> Refused | None:
    if not form.is_valid():
        return Invalid(_("Something is missing or wrong: see below."))
    values = form.cleaned_data
    try:
        review(
            row.pk, state=values["state"], text=values["text"], answer=values["answer"],
            photo_id=values["photo"], seen=values["seen"] or None, actor=actor, at=at,
        )  # fmt: skip
    except Refused as refusal:
        show_beside(form, refusal)
        return refusal
    return None


def _review_page(
    request: HttpRequest, row: Publication, photos: list[Photo], form: ReviewForm,
    refusal: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "row": row,
        "case": row.case,
        "photos": photos,
        "chosen": str(form["photo"].value() or ""),
        "form": form,
        "refusal": refusal,
        "longest": LONGEST_TEXT,
    }
    status = refusal.status if refusal else 200
    return render(request, "portal/review.html", context, status=status)


def _to_case(case_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]) + "#resident")


def _back(request: HttpRequest) -> str:
    return reverse("portal:residents")
