"""What every view here asks of a request."""

from django.http import HttpResponse


def unkept(response: HttpResponse) -> HttpResponse:
    """Keep a page with a tip out of every cache, of the browser's history too."""
    response["Cache-Control"] = "no-store, private"
    # Not "no-referrer": browsers would then send the page's own form as from nowhere, and CSRF
    # protection refuses that.
    response["Referrer-Policy"] = "same-origin"
    return response
