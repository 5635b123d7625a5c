"""What every page of the door has: no account, no scope of a person, no trace left elsewhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from linli.accounts.scope import own_transactions
from linli.kernel.caching import private
from linli.kernel.errors import Refused
from linli.portal import guard
from linli.portal.queries import house
from linli.portal.scope import by_nobody

type View = Callable[..., HttpResponse]

# Three photos of 10 MB and the text around them.
LARGEST_BODY = 32 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024


class TooMany(Refused):
    """Too much was tried from one address."""

    status = 429
    code = "too-many"


class TooLarge(Refused):
    """More was sent than can be taken."""

    status = 413
    code = "too-large"


def public(view: View) -> View:
    """Open a page to everybody, reading as the web role without any reach."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with by_nobody():
                return view(request, *args, **kwargs)
        except Refused as refusal:
            return refused(request, refusal)

    return login_not_required(own_transactions(run))


def secret(limit: guard.Limit) -> Callable[[View], View]:
    """Open a page that a code opens, or that writes: its actions open their own scopes.

    Size and number are looked at before the body is read, so that a flood costs little. What such a
    page shows is not to be kept, indexed, or told to the next site.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                _look_at(request, limit)
                response: HttpResponse = protected(request, *args, **kwargs)
            except Refused as refusal:
                response = refused(request, refusal)
            return untraceable(response)

        return login_not_required(own_transactions(csrf_exempt(run)))

    return decorate


def untraceable(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines; its address goes to no other site anyway."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return private(response)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Say kindly why something is not possible, and whom to call."""
    with by_nobody():
        city = house.city()
        centre = next(iter(house.centres_in(city.code)), None) if city else None
        context = {"refusal": refusal, "centre": centre, "city": city}
        return render(request, "portal/refused.html", context, status=refusal.status)


def too_many() -> TooMany:
    """Return the refusal of a flood."""
    return TooMany(
        _("A lot was sent from your network just now."),
        _("Please try again in ten minutes, or call the centre."),
    )


def _look_at(request: HttpRequest, limit: guard.Limit) -> None:
    now = timezone.now()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooLarge(
            _("That is more than can be sent at once."), _("Send smaller or fewer photos.")
        )
    with by_nobody():
        address = guard.who(request, now)
        counted = limit if request.method == "POST" else guard.LOOKING
        within = guard.take(address, counted, now)
    if not within:
        raise too_many()
