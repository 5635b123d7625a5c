"""What every view here asks of a request."""

from datetime import date, datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, actor_of
from linli.accounts.models import RoleKind, User
from linli.kernel.errors import NotPermitted
from linli.kernel.working_days import local_date


def me(request: HttpRequest) -> User:
    """Return the signed-in user's row."""
    return cast("User", request.user)


def now() -> tuple[datetime, date]:
    """Return the moment and the city's day."""
    at = timezone.now()
    return at, local_date(at)


def administrator(request: HttpRequest) -> Actor:
    """Return the actor; raises :class:`NotPermitted` unless they administer people."""
    actor = actor_of(request)
    if not actor.holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only administrators manage people."))
    return actor
