"""What tips put on other apps' pages: a line on the workbench of the units that read them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.tips.queries import waiting


def unread_tips(request: HttpRequest) -> SafeString:
    """Return how many tips wait to be read; nothing where none does."""
    actor = actor_of(request)
    count = waiting(actor) if actor.units else 0
    if not count:
        return SafeString("")
    return render_to_string("tips/unread.html", {"count": count}, request)
