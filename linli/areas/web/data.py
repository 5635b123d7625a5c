"""What the islands read: areas for the place picker, outlines for the map."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.areas import queries
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.directory import shapes as outlines
from linli.areas.locating import lowest_at
from linli.areas.policy import may_look, tops
from linli.areas.queries import Place
from linli.areas.web.request import code_in, words_in
from linli.kernel.points import point_in

# The picker begins at the cities.
_CITY = LENGTH_OF[Level.CITY]


@require_GET
def choices(request: HttpRequest) -> HttpResponse:
    """Answer the place picker: ``?parent=``, ``?code=``, ``?words=``, or the top of the tree.

    ``?lng=&lat=`` is answered with the path to the lowest area at that point.
    """
    actor, words = actor_of(request), words_in(request)
    within = tops(actor)
    code, parent = code_in(request, "code"), code_in(request, "parent")
    asked = {"code", "parent", "words", "lng", "lat"} & set(request.GET)
    found: list[Place] = []
    if words:
        found = queries.search(words, within)
    elif code and may_look(actor, code):
        found = queries.path(code)
    elif parent and may_look(actor, parent):
        found = queries.children(parent)
    elif point := point_in(request):
        found = _path_to(actor, within, *point)
    elif not asked:
        found = _top(within)
    found = [place for place in found if len(place.code) >= _CITY]
    return _private(JsonResponse({"areas": [_row(place) for place in found]}))


def _path_to(
    actor: Actor, within: tuple[str, ...], longitude: float, latitude: float
) -> list[Place]:
    for city in sorted({place.code[:_CITY] for place in _top(within)}):
        found = lowest_at(city, longitude, latitude)
        if found and may_look(actor, found.code):
            return queries.path(found.code)
    return []


def _top(within: tuple[str, ...]) -> list[Place]:
    found: list[Place] = []
    for code in within:
        found += queries.children(code) if len(code) < _CITY else queries.path(code)[-1:]
    return found


def _row(place: Place) -> dict[str, Any]:
    row = asdict(place)
    if not row["path"]:
        del row["path"]
    return row


@require_GET
def shapes(request: HttpRequest) -> HttpResponse:
    """Answer the map: the outlines right below ``?within=CODE`` as GeoJSON (WGS-84)."""
    within = code_in(request, "within")
    # No area has an empty code: then the collection is empty.
    seen = within if may_look(actor_of(request), within) else ""
    body = outlines(seen, reverse("areas:home"))
    return _private(HttpResponse(body, content_type="application/geo+json"))


def _private(response: HttpResponse) -> HttpResponse:
    # Areas change a few times a year; what a person may see of them must not stay in shared caches.
    response["Cache-Control"] = "private, max-age=60"
    return response
