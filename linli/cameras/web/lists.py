"""The registry as a list and on a map."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.areas.places import area_names
from linli.cameras.choices import LIGHTS
from linli.cameras.policy import may_keep_some, may_look, may_set_up, permit, units_of
from linli.cameras.queries.listing import Selection, counts, owners, page
from linli.cameras.queries.points import points as read_points
from linli.cameras.web.forms import FilterForm
from linli.kernel.problem import problem


def _bare(given: QueryDict) -> QueryDict:
    """Return the filters of an address without those that say nothing, and without the page."""
    query = QueryDict(mutable=True)
    for name, value in given.items():
        if value and name not in ("before", "after"):
            query[name] = str(value)
    return query


def _chips(form: FilterForm, query: QueryDict) -> list[tuple[str, str]]:
    chips = []
    for name in query:
        field = form.fields.get(name)
        if field is None:
            continue
        value: Any = query[name]
        label = dict(getattr(field, "choices", ())).get(value, value)
        if name == "area":
            label = area_names([value]).get(value, value)
        if name in ("shared", "retired"):
            label = field.label
        without = query.copy()
        del without[name]
        chips.append((str(label), f"?{without.urlencode()}"))
    return chips


@require_GET
def cameras(request: HttpRequest) -> HttpResponse:
    """Show a page of the cameras the filters ask for, with how many there are of which."""
    actor, today = actor_of(request), timezone.localdate()
    permit(may_look(actor))
    query = _bare(request.GET)
    form = FilterForm(query, owners=owners(actor))
    valid = form.is_valid()
    context: dict[str, Any] = {
        "form": form,
        "chips": _chips(form, query) if valid else [],
        "query": query.urlencode(),
        "may_register": may_keep_some(actor),
        "may_set_up": may_set_up(actor),
        "runs_some": bool(units_of(actor)),
        "failed": not valid,
    }
    if valid:
        selection = form.selection()
        rows, after = page(actor, selection, today, after=request.GET.get("after", ""))
        places = area_names(row.area_id for row in rows)
        context |= {
            "rows": [(row, places.get(row.area_id, ""), _light(row)) for row in rows],
            "after": after,
            "today": today,
            "counts": counts(actor, selection, today),
        }
    return render(request, "cameras/list.html", context, status=200 if valid else 422)


def _light(camera: Any) -> str:
    health = getattr(camera, "health", None)
    return LIGHTS.get(health.state, "red") if health else ""


@require_GET
def on_map(request: HttpRequest) -> HttpResponse:
    """Show the same cameras on the map."""
    actor = actor_of(request)
    permit(may_look(actor))
    query = _bare(request.GET)
    form = FilterForm(query, owners=owners(actor))
    valid = form.is_valid()
    within = query.get("area") or (actor.roles[0].area if actor.roles else "")
    context = {
        "form": form,
        "chips": _chips(form, query) if valid else [],
        "failed": not valid,
        "points_url": f"{reverse('cameras:points')}?{query.urlencode()}",
        "shapes_url": f"{reverse('areas:shapes')}?within={within}",
        "list_url": f"{reverse('cameras:list')}?{query.urlencode()}",
    }
    return render(request, "cameras/map.html", context, status=200 if valid else 422)


@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """Give the selected cameras as one JSON object."""
    actor = actor_of(request)
    permit(may_look(actor))
    form = FilterForm(_bare(request.GET), owners=owners(actor))
    if not form.is_valid():
        fields = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
        return problem(422, "invalid", "", fields=fields)
    selection: Selection = form.selection()
    body = read_points(actor, selection, timezone.localdate())
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    return response
