"""The form of a report: drawn with a stamp, taken in once."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid, Refused
from linli.kernel.form_errors import show_beside
from linli.portal import guard
from linli.portal.actions.report import report as take_report
from linli.portal.actions.writing import checked_photos
from linli.portal.lifecycle import MOST_PHOTOS
from linli.portal.queries import house
from linli.portal.scope import by_nobody
from linli.portal.web.door import LARGEST_PHOTO, refused, secret, too_many
from linli.portal.web.forms import ReportForm


@secret(guard.WRITING)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form; take what was told, and lead to the receipt."""
    now = timezone.now()
    with by_nobody():
        city, terms = house.city(), house.terms()
        rush = guard.is_rush(now, terms.most_in_ten_minutes)
    if city is None or not terms.is_open:
        return refused(
            request, Refused(_("Reports are not taken here at present. Please call the centre."))
        )
    with by_nobody():
        if request.method == "GET":
            form = ReportForm(top=city.code, max_bytes=LARGEST_PHOTO)
            return _page(request, form, guard.new_stamp(now, rush=rush))
        form = ReportForm(request.POST, request.FILES, top=city.code, max_bytes=LARGEST_PHOTO)
        good = form.is_valid()
        stamp = guard.read_stamp(request.POST.get("stamp", ""), now)
        trouble = _trouble(form, stamp, now)
        if trouble or not good:
            old = request.POST.get("stamp", "") if stamp else guard.new_stamp(now, rush=rush)
            return _page(request, form, old, trouble)
    assert stamp is not None  # noqa: S101 - told above
    return _take_in(request, form, stamp, now)


def _take_in(
    request: HttpRequest, form: ReportForm, stamp: guard.Stamp, now: datetime
) -> HttpResponse:
    text = request.POST["stamp"]
    proved = guard.is_proved(text, form.cleaned_data["proof"], stamp.bits)
    limit = guard.REPORTS if proved else guard.UNPROVED_REPORTS
    with by_nobody():
        if not guard.take(guard.who(request, now), limit, now):
            raise too_many()
    try:
        photos = checked_photos([_read(one) for one in form.cleaned_data["photos"]])
        receipt = take_report(form.told(), key=stamp.key, at=now, photos=photos)
    except Invalid as refusal:
        show_beside(form, refusal)
        with by_nobody():
            return _page(request, form, text, refusal.reason)
    with by_nobody():
        guard.count_for_all(now)
    messages.success(request, _("Thank you. Your report has been received."))
    return HttpResponseRedirect(reverse("portal:paper", args=[receipt.code]))


def _read(upload: Any) -> bytes:
    data: bytes = upload.read(LARGEST_PHOTO + 1)
    if len(data) > LARGEST_PHOTO:
        reason = _("A photo is larger than 10 MB. Please choose a smaller one.")
        raise Invalid(reason, {"photos": reason})
    return data


def _trouble(form: ReportForm, stamp: guard.Stamp | None, now: datetime) -> str:
    if form.data.get("website"):
        return _("Please leave the hidden field empty and send it again.")
    if stamp is None:
        return _("The page was open for a long time. Please send it once more.")
    if now - stamp.drawn_at < guard.QUICKEST:
        return _("That was very quick. Please send it once more.")
    return ""


def _page(request: HttpRequest, form: ReportForm, stamp: str, trouble: object = "") -> HttpResponse:
    known = guard.read_stamp(stamp, timezone.now())
    context = {
        "form": form,
        "stamp": stamp,
        "bits": known.bits if known else guard.BITS,
        "trouble": trouble,
        "city": house.city(),
        "most_photos": MOST_PHOTOS,
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/report.html", context, status=status)
