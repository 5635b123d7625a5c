"""What premises put on other rooms' pages: the hazard on its case, the places of an area."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.accounts.scope import in_area
from linli.areas.models import Area
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.premises.models import Hazard, Premises
from linli.premises.policy import may_open, visible_to


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return the hazards a case is about; the place is a link for those who see it."""
    if case.kind != Kind.HAZARD:
        return SafeString("")
    hazards = list(Hazard.objects.filter(case=case).order_by("id"))
    if not hazards:
        return SafeString("")
    seen = Premises.objects.filter(visible_to(actor_of(request)))
    places = dict(
        seen.filter(pk__in={one.premises_id for one in hazards}).values_list("id", "name")
    )
    rows = [(one, places.get(one.premises_id)) for one in hazards]
    return SafeString(render_to_string("premises/case_card.html", {"rows": rows}, request))


def area(request: HttpRequest, *, area: Area) -> SafeString:
    """Return how many places of the area a person sees, as a way to them."""
    actor = actor_of(request)
    if not may_open(actor):
        return SafeString("")
    there = Premises.objects.filter(visible_to(actor), in_area(area.code), closed_on=None).count()
    if not there:
        return SafeString("")
    context = {"area": area, "count": there}
    return SafeString(render_to_string("premises/area_card.html", context, request))
