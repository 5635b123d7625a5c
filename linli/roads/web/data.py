"""What maps read: tiles of the base map, and places by their names."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.accounts.lockout import address_of
from linli.accounts.scope import own_transactions
from linli.kernel.points import point_in
from linli.kernel.rate import take
from linli.kernel.row_security import scoped
from linli.roads import queries
from linli.roads.models import PlaceKind

# A map's tiles never change: a new map has new addresses.
FOR_GOOD = "public, max-age=31536000, immutable"
LONGEST_WORDS = 60
# Searches a minute: of somebody signed in, and of an address, which many phones may share.
A_PERSON, AN_ADDRESS = 240, 600


@login_not_required
@require_GET
def tile(request: HttpRequest, version: str, zoom: str, column: str, row: str) -> HttpResponse:
    """Answer one vector tile; 204 where there is nothing. The map is open data and for everybody."""
    etag = f'"{version}-{zoom}-{column}-{row}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        found = queries.tile(version, int(zoom), int(column), int(row))
        if found is None:
            # The map may come: nobody keeps that it was not there.
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        response = HttpResponse(found, content_type="application/vnd.mapbox-vector-tile")
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = FOR_GOOD
    return response


@login_not_required
@own_transactions
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Answer ``?words=``: what the map knows under that name, degrees in WGS-84.

    With ``&lng=&lat=`` the nearest of those of one name come first.
    For everybody, as the map is: the form for residents asks too. So often and no more (429).
    """
    with scoped((), (), None):
        if not _is_within_limits(request):
            return HttpResponse(status=429, headers={"Retry-After": "60"})
        return _places(request)


def _is_within_limits(request: HttpRequest) -> bool:
    user = actor_of(request).user_id
    who, most = (str(user), A_PERSON) if user else (address_of(request), AN_ADDRESS)
    return take("places", who, timezone.now(), most=most, seconds=60)


def _places(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("words", "").replace("\0", " ")[:LONGEST_WORDS]
    rows = [
        {
            "kind": found.kind, "label": PlaceKind(found.kind).label, "name": found.name,
            "address": found.address, "town": found.town,
            "longitude": found.point[0], "latitude": found.point[1],
        }
        for found in queries.find_places(words, close_to=point_in(request))
    ]  # fmt: skip
    response = JsonResponse({"places": rows})
    response["Cache-Control"] = "private, max-age=60"
    return response
