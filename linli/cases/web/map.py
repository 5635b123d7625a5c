"""The map of cases: the page, and the points it draws."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.cases.queries.points import points as read_points
from linli.cases.web.list_forms import FilterForm, bare_query
from linli.cases.web.lists import cached_filters, filters_html
from linli.kernel.problem import problem


def _filters(given: QueryDict) -> FilterForm:
    """Read the filters; a map that is not told of states shows what is open."""
    query = bare_query(given)
    if given.get("state") is None:
        query["state"] = "open"
    return FilterForm(query)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the map with the filters of the list."""
    form = _filters(request.GET)
    query = bare_query(form.data if isinstance(form.data, QueryDict) else request.GET)
    valid = form.is_valid()
    # An empty state must be said, or the points would fall back to what is open.
    address = query.urlencode() + ("" if query.get("state") else "&state=")
    context = {
        "filters": cached_filters(query) if valid else filters_html(form, query),
        "failed": not valid,
        "points_url": f"{reverse('cases:points')}?{address}",
        "shapes_url": _shapes_url(request, query.get("area", "")),
        "list_url": f"{reverse('cases:list')}?{query.urlencode()}",
    }
    return render(request, "cases/map.html", context, status=200 if valid else 422)


def _shapes_url(request: HttpRequest, area: str) -> str:
    """Return where the outlines of the chosen area come from, or of the actor's first role."""
    roles = actor_of(request).roles
    within = area or (roles[0].area if roles else "")
    try:
        return f"{reverse('areas:shapes')}?{urlencode({'within': within})}"
    except NoReverseMatch:
        return ""


@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """Give the selected cases that have a place on the map, as one JSON object."""
    form = _filters(request.GET)
    if not form.is_valid():
        fields = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
        return problem(422, "invalid", "", fields=fields)
    actor, now = actor_of(request), timezone.now()
    body = read_points(actor, form.selection(actor, now), now)
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    return response
