"""What the door's islands read: places of the city for the picker, outlines, the place of a point."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.areas import queries
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.directory import shapes as outlines
from linli.areas.queries import Place
from linli.kernel.points import point_in
from linli.portal.queries import house
from linli.portal.web.door import public

# Residents choose a village or community at the lowest; grids are the house's own.
_LOWEST = LENGTH_OF[Level.VILLAGE]
_WORDS = 40


@public
@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """Answer the place picker within the city: see docs/reference/pages.md."""
    city = house.city()
    if city is None:
        return JsonResponse({"areas": []})
    found = _asked(request, city.code)
    rows = [_row(place) for place in found if len(city.code) <= len(place.code) <= _LOWEST]
    return _brief(JsonResponse({"areas": rows}))


def _asked(request: HttpRequest, city: str) -> list[Place]:
    words = request.GET.get("words", "")[:_WORDS].replace("\0", "")
    if words:
        return queries.search(words, [city])
    if point := point_in(request):
        found = house.area_at(*point)
        return queries.path(found.code) if found else []
    for name, read in (("code", queries.path), ("parent", queries.children)):
        if name in request.GET:
            code = request.GET[name]
            inside = code.isdigit() and code.isascii() and code.startswith(city)
            return read(code) if inside else []
    return queries.path(city)[-1:]


def _row(place: Place) -> dict[str, Any]:
    row = asdict(place)
    row["has_children"] = place.has_children and len(place.code) < _LOWEST
    if not row["path"]:
        del row["path"]
    return row


@public
@require_GET
def shapes(request: HttpRequest) -> HttpResponse:
    """Answer the map: the outlines below the city or below ``?within=CODE``."""
    city, within = house.city(), request.GET.get("within", "")
    inside = city is not None and within.isdigit() and within.isascii()
    known = within if city and inside and within.startswith(city.code) else ""
    code = known or (city.code if city else "")
    body = outlines(code, reverse("portal:centres") + "?area=")
    return _brief(HttpResponse(body, content_type="application/geo+json"))


@public
@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """Name the area in which a point lies, for whoever let the phone tell where it is."""
    point = point_in(request)
    if point is None:
        return JsonResponse({"area": None}, status=400)
    found = house.area_at(*point)
    response = JsonResponse({"area": {"code": found.code, "name": found.name} if found else None})
    response["Cache-Control"] = "no-store"
    return response


def _brief(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=300"
    return response
