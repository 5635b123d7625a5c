"""The API's door: bearer tokens and sessions, and the transaction every operation runs in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer

from linli.accounts.actor import Actor, actor_of
from linli.accounts.scope import acting
from linli.accounts.tokens import actor_of_token
from linli.kernel.errors import NotPermitted
from linli.kernel.once import claim
from linli.kernel.working_days import local_date


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …``: acts for the token's owner within the token's scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor of a valid token and put it on the request."""
        actor = actor_of_token(token, local_date(timezone.now()))
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


class SessionAuth(APIKeyCookie):
    """The browser's session, with Django's CSRF check."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return the signed-in person."""
        actor = actor_of(request)
        return actor if actor.user_id is not None else None


type View = Callable[..., Any]


def scoped(scope: str) -> Callable[[View], View]:
    """Run an API operation in one transaction under its actor's scope; tokens need ``scope``.

    A refusal rolls everything back, the idempotency key too, and is told by the API's handler.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = actor_of(request)
            if actor.token_scopes is None:
                # A session's view runs under its scope already; this is the savepoint within.
                with transaction.atomic():
                    return view(request, *args, **kwargs)
            if scope not in actor.token_scopes:
                raise NotPermitted(_("This token does not have the scope “%(s)s”.") % {"s": scope})
            with acting(actor):
                return view(request, *args, **kwargs)

        return run

    return decorate


def claimed(request: HttpRequest, key: str | None, object_id: UUID) -> UUID | None:
    """Return the first result's id if the caller sent this request before under ``key``.

    None, with the key taken for ``object_id`` or without a key: go on.
    """
    person = actor_of(request).user_id
    if key is None or person is None:
        return None
    body = request.path.encode() + b"\n" + request.body
    return claim(person, key, body, object_id, timezone.now())
