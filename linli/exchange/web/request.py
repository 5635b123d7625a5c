"""What every view here asks of a request."""

from django.http import HttpRequest

from linli.accounts.actor import Actor, actor_of
from linli.exchange.policy import permit_management


def keeper(request: HttpRequest) -> Actor:
    """Return the actor; raises :class:`NotPermitted` unless they connect other systems."""
    actor = actor_of(request)
    permit_management(actor)
    return actor
