"""Who is at the door of the stream: the session's cookie, checked as the pages check it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest
from django.utils.http import is_same_domain

from linli.accounts.actor import Actor
from linli.notices.stream.topics import allowed, greeting


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who may listen: to what, and with what each topic greets."""

    topics: frozenset[str]
    greetings: Mapping[str, Any]


def admit(cookies: str, wanted: Collection[str], *, greet: bool) -> Visitor | None:
    """Return the visitor behind a cookie header; None where one topic is not theirs to hear.

    The word ``person`` alone is one's own topic. Nothing is written: listening keeps no session
    alive.
    """
    close_old_connections()
    actor = _actor(cookies)
    if actor is None or not wanted:
        return None
    topics = {f"person:{actor.user_id}" if name == "person" else name for name in wanted}
    if not all(allowed(actor, name) for name in topics):
        return None
    told = {name: greeting(actor, name) for name in topics} if greet else {}
    return Visitor(frozenset(topics), {name: word for name, word in told.items() if word})


def _actor(cookies: str) -> Actor | None:
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if found is None:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(found.value)
    user: Any = get_user(request)
    if not user.is_authenticated or user.must_change_password or user.lacks_second_factor:
        return None
    actor: Actor = user.actor
    return actor


def known_host(host: str) -> bool:
    """Say whether a Host header names this installation."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return any(one == "*" or is_same_domain(name, one) for one in settings.ALLOWED_HOSTS)
