"""The front page, the pages of plain text, the centres, and what others reported."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import NotFound
from linli.portal import guard
from linli.portal.models import Posting, PublicRequest, Terms
from linli.portal.plain_words import public_note
from linli.portal.queries import house, public
from linli.portal.queries.receipt import held
from linli.portal.receipts import read_code
from linli.portal.web.door import public as open_to_all
from linli.portal.web.door import secret
from linli.portal.web.forms import FindForm

A_PAGE = 20
MOST_POINTS = 1000


def hours_of(terms: Terms) -> str:
    """Return the opening hours in the reader's language."""
    english = (get_language() or "").startswith("en")
    return (english and terms.hours_en) or terms.hours


@open_to_all
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Show what a resident can do here."""
    city, terms = house.city(), house.terms()
    centre = next(iter(house.centres_in(city.code)), None) if city else None
    context = {
        "city": city,
        "centre": centre,
        "terms": terms,
        "hours": hours_of(terms),
        "pages": house.pages(),
        "find": FindForm(),
        "latest": _rows(list(public.requests(public.Wanted())[:3])),
    }
    return render(request, "portal/front.html", context)


@secret(guard.FINDING)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Open a receipt by number and code; either alone, or a wrong one, tells nothing."""
    form = FindForm(request.POST)
    if not form.is_valid():
        raise _not_found()
    code = read_code(form.cleaned_data["code"]) or ""
    _hash, standing = held(code)
    typed = "".join(form.cleaned_data["number"].split()).replace("－", "-")
    if not constant_time_compare(typed, standing.number):
        raise _not_found()
    return HttpResponseRedirect(reverse("portal:receipt", args=[code]))


def _not_found() -> NotFound:
    return NotFound(
        _("Nothing was found for this number and code."),
        _("Check the code on your receipt, letter by letter. The centre can give you a new one."),
    )


@open_to_all
@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of plain text."""
    found = house.page(slug)
    if found is None:
        raise NotFound(_("There is no such page."))
    context = {"page": found, "city": house.city()}
    return render(request, "portal/page.html", context)


@open_to_all
@require_GET
def centres(request: HttpRequest) -> HttpResponse:
    """Show the centres of a place with address and phone; first those of the city and counties."""
    city, terms = house.city(), house.terms()
    code = request.GET.get("area", "")
    known = house.townships()
    chosen = next((area for area in known if area.code == code), city)
    context = {
        "city": city,
        "areas": known,
        "chosen": chosen,
        "units": house.centres_in(chosen.code) if chosen else [],
        "hours": hours_of(terms),
    }
    return render(request, "portal/centres.html", context)


@open_to_all
@require_GET
def reported(request: HttpRequest) -> HttpResponse:
    """Show what others reported, as far as it was reviewed."""
    pages = Paginator(public.requests(public.Wanted()), A_PAGE)
    found = pages.get_page(request.GET.get("page"))
    context = {
        "rows": _rows(list(found.object_list)),
        "found": found,
        "city": house.city(),
        "open311": house.terms().posting != Posting.NOBODY,
    }
    return render(request, "portal/reported.html", context)


@open_to_all
@require_GET
def one_reported(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one published report."""
    found = public.standing([public_id]).filter(is_reviewed=True).first()
    if found is None:
        raise NotFound(_("There is no such report here."))
    context = {"row": _rows([found])[0], "city": house.city()}
    return render(request, "portal/one_reported.html", context)


@open_to_all
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """Give the map the published points."""
    found = public.requests(public.Wanted()).exclude(latitude=None)[:MOST_POINTS]
    rows = [
        [
            one.longitude,
            one.latitude,
            "blue" if one.is_open else "green",
            one.text[:30],
            str(one.id),
        ]
        for one in found
    ]
    return JsonResponse({"points": rows})


@open_to_all
@require_GET
def photo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a published photo."""
    data = public.public_photo(public_id)
    if data is None:
        raise NotFound(_("There is no such photo here."))
    response = HttpResponse(data, content_type="image/jpeg")
    # Short, because a publication can be taken back.
    response["Cache-Control"] = "public, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(found: list[PublicRequest]) -> list[dict[str, object]]:
    return [
        {"it": one, "name": public.name_of(one), "note": public_note(one.state)} for one in found
    ]
