"""Behind a receipt: the paper, where it stands, and everything its holder may do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.cases.files import path_of
from linli.kernel.errors import NotFound, Refused
from linli.kernel.form_errors import show_beside
from linli.portal import guard
from linli.portal.actions import held
from linli.portal.actions.writing import checked_photos
from linli.portal.plain_words import STATIONS, now_in_words, station_of, step_in_words
from linli.portal.queries import house
from linli.portal.queries.receipt import photo as photo_of
from linli.portal.queries.receipt import seen
from linli.portal.receipts import drawn, grouped
from linli.portal.scope import by_nobody
from linli.portal.web.door import LARGEST_PHOTO, secret
from linli.portal.web.forms import RatingForm, ReasonForm, WordsForm


@secret(guard.WRITING)
@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt to keep or print: number, code, and the QR code that opens it."""
    now = timezone.now()
    found = seen(code, now)
    address = request.build_absolute_uri(reverse("portal:receipt", args=[code]))
    with by_nobody():
        context = {
            "seen": found,
            "code": code,
            "grouped": grouped(code),
            "address": address,
            "drawing": drawn(address),
            "city": house.city(),
        }
        return render(request, "portal/paper.html", context)


@secret(guard.WRITING)
@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show where the report stands, the conversation, and what can be done now."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
    """Answer with the whole page; ``more`` may hold a bound form, a refusal and a status."""
    status = more.pop("status", 200)
    found = seen(code, timezone.now())
    station = station_of(found.standing.state)
    with by_nobody():
        context = {
            "seen": found,
            "standing": found.standing,
            "code": code,
            "now": now_in_words(found),
            "stations": [(n, word) for n, word in enumerate(STATIONS)]
            if station is not None
            else [],
            "station": station,
            "steps": [(step.at, step_in_words(step)) for step in reversed(found.steps)],
            "city": house.city(),
            "words_form": WordsForm(max_bytes=LARGEST_PHOTO, prefix="words"),
            "rating_form": RatingForm(prefix="rating"),
            "wish_form": ReasonForm(prefix="wish"),
            "withdraw_form": ReasonForm(prefix="withdraw"),
            **more,
        }
        return render(request, "portal/receipt.html", context, status=status)


@secret(guard.WRITING)
@require_GET
def photo(request: HttpRequest, code: str, photo_id: UUID) -> HttpResponse:
    """Send one of the receipt's own photos."""
    row = photo_of(code, photo_id)
    try:
        content = path_of(row.sha256).open("rb")
    except FileNotFoundError:
        raise NotFound(_("This photo is no longer here.")) from None
    response = FileResponse(content, content_type=row.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # a stream, which Django's types keep apart


@secret(guard.WRITING)
@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add words and photos, or answer a question."""
    form = WordsForm(request.POST, request.FILES, max_bytes=LARGEST_PHOTO, prefix="words")

    def act() -> str:
        values = form.cleaned_data
        photos = checked_photos([one.read(LARGEST_PHOTO + 1) for one in values["photos"]])
        answers = request.POST.get("answers") == "1"
        held.add(code, text=values["text"], photos=photos, answers=answers, at=timezone.now())
        return _("Sent. The centre can read it now.")

    return _done(request, code, "words_form", form, act)


@secret(guard.WRITING)
@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Rate the result."""
    form = RatingForm(request.POST, prefix="rating")

    def act() -> str:
        held.rate(code, at=timezone.now(), **form.cleaned_data)
        return _("Thank you for telling us.")

    return _done(request, code, "rating_form", form, act)


@secret(guard.WRITING)
@require_POST
def ask_reopening(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the report to be taken up again."""
    form = ReasonForm(request.POST, prefix="wish")

    def act() -> str:
        held.ask_reopening(code, reason=form.cleaned_data["reason"], at=timezone.now())
        return _("Your request was sent. The centre decides and answers here.")

    return _done(request, code, "wish_form", form, act)


@secret(guard.WRITING)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the report back."""
    form = ReasonForm(request.POST, prefix="withdraw")

    def act() -> str:
        held.withdraw(code, reason=form.cleaned_data["reason"], at=timezone.now())
        return _("Your report was taken back.")

    return _done(request, code, "withdraw_form", form, act)


@secret(guard.WRITING)
@require_POST
def renew(request: HttpRequest, code: str) -> HttpResponse:
    """Make this link worthless and show the new receipt."""
    fresh = held.renew(code, at=timezone.now())
    messages.success(
        request, _("This is your new receipt. The old code and link open nothing now.")
    )
    return HttpResponseRedirect(reverse("portal:paper", args=[fresh]))


@secret(guard.WRITING)
@require_POST
def forget_contact(request: HttpRequest, code: str) -> HttpResponse:
    """End the notices."""
    held.forget_contact(code, at=timezone.now())
    messages.success(request, _("No more notices are sent, and the centre was told."))
    return HttpResponseRedirect(reverse("portal:receipt", args=[code]))


def _done(
    request: HttpRequest, code: str, name: str, form: Any, act: Callable[[], str]
) -> HttpResponse:
    """Do what was asked, and show the page again; what was typed stays where it was refused."""
    if not form.is_valid():
        return _page(request, code, **{name: form}, status=422)
    try:
        said = act()
    except NotFound:
        raise
    except Refused as refusal:
        show_beside(form, refusal)
        return _page(request, code, **{name: form}, refusal=refusal, status=refusal.status)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("portal:receipt", args=[code]))
