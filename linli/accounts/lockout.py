"""What django-axes asks: which name and address count together, and what a locked-out person sees."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from linli.accounts.queries import user_named
from linli.audit.record import record


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name somebody tried, folded, so that large and small letters are one name."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).strip().casefold()


def address_of(request: HttpRequest) -> str:
    """Return the client's address, through the proxies the installation trusts.

    Somebody signed in by a program (a test) has none.
    """
    if "REMOTE_ADDR" not in request.META:
        return ""
    return str(get_adapter().get_client_ip(request))


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Answer 429. The page is the same for a name that exists and for one that does not."""
    name = name_tried(request, credentials)
    seconds = settings.AXES_COOLOFF_TIME.total_seconds()
    user = user_named(name)
    if user is not None and cache.add(f"locked-out:{user.pk}", True, seconds):
        record("user", user.pk, "user.lock_out", actor=None, at=timezone.now())
    minutes = int(seconds // 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)
