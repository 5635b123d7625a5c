"""The calendar a person's own program reads, and the person's own choice of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.accounts.actor import actor_of
from linli.accounts.queries import actor_of as actor_of_user
from linli.accounts.scope import acting, own_transactions
from linli.exchange.actions.feed import digest_of, make_feed, revoke_feed
from linli.exchange.calendar import REFRESH, calendar_of, entries_of
from linli.exchange.queries import deadlines, feed_by
from linli.kernel.caching import private
from linli.kernel.working_days import local_date


@login_not_required
@own_transactions
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the address's owner's deadlines and sessions, as they may see them today; 404 for any other."""
    at = timezone.now()
    known = feed_by(digest_of(token))
    actor = actor_of_user(known.user_id, local_date(at)) if known else None
    if known is None or actor is None:
        raise Http404
    with acting(actor), translation.override(known.language or None):
        body = calendar_of(deadlines(actor), at, entries_of(actor, at))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = f"private, max-age={int(REFRESH.total_seconds()) // 4}"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make an address; it is shown this once."""
    token = make_feed(actor=actor_of(request), at=timezone.now())
    address = request.build_absolute_uri(reverse("exchange:feed", args=[token]))
    return private(render(request, "exchange/feed.html", {"address": address}))


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Let the address stop working."""
    revoke_feed(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The calendar address no longer works."))
    return redirect("accounts:me")
