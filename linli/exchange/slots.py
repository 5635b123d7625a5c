"""What exchange puts on other apps' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import CASELESS, actor_of
from linli.exchange.queries import feed_of


def my_calendar(request: HttpRequest) -> SafeString:
    """Return the choice of a calendar address, for people who handle cases."""
    actor = actor_of(request)
    if all(role.kind in CASELESS for role in actor.roles):
        return SafeString("")
    return render_to_string("exchange/my_calendar.html", {"feed": feed_of(actor)}, request)
