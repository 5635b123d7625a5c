"""What everybody may read: the feed of warnings, each signed message, and the certificates."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.alarms.cap.keys import certificates
from linli.alarms.queries.warnings import in_feed, issued

CAP = "application/cap+xml; charset=utf-8"
# Readers ask often; a minute is as late as a warning may come to them.
CACHED = "public, max-age=60"


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer the feed of warnings as Atom."""
    warnings = in_feed(timezone.now())
    address = request.build_absolute_uri()
    names = "".join(one.identifier for one in warnings) + address
    context = {
        "warnings": warnings,
        "address": address,
        "updated": warnings[0].decided_at if warnings else None,
        "title": _("Warnings to the public"),
    }
    response = render(request, "alarms/feed.xml", context, content_type="application/atom+xml")
    return _cached(request, response, names)


@login_not_required
@require_safe
def message(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer one signed message, as it was issued."""
    found = issued(identifier)
    if found is None:
        raise Http404
    return _cached(request, HttpResponse(found.message, content_type=CAP), found.identifier)


@login_not_required
@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """Answer the certificates by which the messages can be checked, the one in use first."""
    found = b"".join(certificates())
    response = HttpResponse(found, content_type="application/x-pem-file")
    return _cached(request, response, found.decode())


def _cached(request: HttpRequest, response: HttpResponse, content: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    response["ETag"] = etag
    response["Cache-Control"] = CACHED
    # Any site may show them.
    response["Access-Control-Allow-Origin"] = "*"
    return response
