"""What maps read: tiles of the base map, and places by their names."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.views.decorators.http import require_GET

from linli.roads import queries

# A map's tiles never change: a new map has new addresses.
FOR_GOOD = "public, max-age=31536000, immutable"
LONGEST_WORDS = 60


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


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Answer ``?words=``: what the map knows under that name, degrees in WGS-84."""
    words = request.GET.get("words", "").replace("\0", " ")[:LONGEST_WORDS]
    rows = [
        {
            "kind": found.kind, "name": found.name, "address": found.address,
            "longitude": found.point[0], "latitude": found.point[1],
        }
        for found in queries.find_places(words)
    ]  # fmt: skip
    response = JsonResponse({"places": rows})
    response["Cache-Control"] = "private, max-age=60"
    return response
