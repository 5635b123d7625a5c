"""What every view here asks of a request."""

from django.http import HttpRequest, HttpResponse

from linli.accounts.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who is asking."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def unkept(response: HttpResponse) -> HttpResponse:
    """Keep a page with a tip out of every cache, of the browser's history too."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response
