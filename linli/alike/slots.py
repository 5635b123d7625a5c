"""What the like puts on other rooms' pages: the intake form, the case, the area."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.alike.policy import may_compare, may_read_patterns
from linli.alike.queries import patterns
from linli.areas.models import Area
from linli.cases.models import Case

_ON_AREA = 5


def register(request: HttpRequest) -> SafeString:
    """Return the place in the intake form where the same matters appear while one types."""
    return render_to_string("alike/register.html", {}, request)


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return the card of the case page, which fetches the like once the page is there."""
    if not may_compare(actor_of(request)):
        return SafeString("")
    return render_to_string("alike/case_card.html", {"case": case}, request)


def area(request: HttpRequest, *, area: Area) -> SafeString:
    """Return what comes back from places of an area; nothing where nothing does."""
    actor = actor_of(request)
    if not may_read_patterns(actor, area.code):
        return SafeString("")
    found = patterns(actor, area.code, most=_ON_AREA + 1)
    if not found:
        return SafeString("")
    context = {"area": area, "patterns": found[:_ON_AREA], "more": len(found) > _ON_AREA}
    return render_to_string("alike/area_card.html", context, request)
