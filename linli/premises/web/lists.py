"""The list of premises, the map of them, and what is due."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.areas import choosing
from linli.kernel.caching import private
from linli.kernel.errors import NotPermitted
from linli.kernel.working_days import local_date
from linli.premises.policy import inspects_somewhere, keeps_any, may_open, may_set_kinds
from linli.premises.queries.due import due as read_due
from linli.premises.queries.listing import Asked, page, points, total
from linli.premises.web.asking import home_trail
from linli.premises.web.forms import FilterForm


def permitted(request: HttpRequest) -> Actor:
    """Return who asks; raises :class:`NotPermitted` for those who have nothing to do here."""
    actor = actor_of(request)
    if not may_open(actor):
        raise NotPermitted(_("Premises are for those who look after an area or a unit."))
    return actor


def area_choices(actor: Actor, code: str) -> list[tuple[str, str]]:
    """Return the way to an area, what lies below it, and the actor's other areas."""
    path = choosing.way_to(actor, code)
    return choosing.choices(actor, path, choosing.below(path[-1].code))


def _form(request: HttpRequest, actor: Actor) -> FilterForm:
    return FilterForm(request.GET, areas=area_choices(actor, request.GET.get("area", "")))


def _chips(form: FilterForm, asked: Asked) -> list[tuple[str, str]]:
    """Return what is filtered, each with the address without it."""
    data = {name: value for name, value in form.data.items() if value and name != "after"}
    shown = {
        "q": asked.words, "kind": asked.kind, "area": asked.area, "devices": asked.devices,
        "overdue": asked.overdue, "closed": asked.closed and _("closed"),
    }  # fmt: skip
    return [
        (
            str(dict(getattr(form.fields[name], "choices", ())).get(value, value)).strip(),
            f"?{urlencode({k: v for k, v in data.items() if k != name})}",
        )
        for name, value in shown.items()
        if value
    ]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the premises a person sees, with what is wrong at each."""
    actor, today = permitted(request), local_date(timezone.now())
    form = _form(request, actor)
    asked = form.asked()
    rows, after = page(actor, asked, today, after=request.GET.get("after", ""))
    chips = _chips(form, asked)
    context = {
        "rows": [(row, row.light(today)) for row in rows],
        "today": today,
        "after": after,
        "total": total(actor, asked, today),
        "form": form,
        "chips": chips,
        "keeps": keeps_any(actor),
        "sets_kinds": may_set_kinds(actor),
        "map_url": f"{reverse('premises:map')}?{_query(request)}",
    }
    return render(request, "premises/list.html", context)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("after", None)
    return kept.urlencode()


@require_GET
def on_map(request: HttpRequest) -> HttpResponse:
    """Show the same places on the map."""
    actor, today = permitted(request), local_date(timezone.now())
    form = _form(request, actor)
    asked = form.asked()
    within = asked.area or (actor.roles[0].area if actor.roles else "")
    context = {
        "form": form,
        "chips": _chips(form, asked),
        "points_url": f"{reverse('premises:points')}?{_query(request)}",
        "shapes_url": f"{reverse('areas:shapes')}?{urlencode({'within': within})}",
        "list_url": f"{reverse('premises:list')}?{_query(request)}",
        "trail": home_trail(),
        "total": total(actor, asked, today),
    }
    return render(request, "premises/map.html", context)


@require_GET
def points_of(request: HttpRequest) -> JsonResponse:
    """Give the chosen places that have a place on the map."""
    actor, today = permitted(request), local_date(timezone.now())
    return private(JsonResponse(points(actor, _form(request, actor).asked(), today)))


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Show what is late, or due within two weeks, by name."""
    actor, today = permitted(request), local_date(timezone.now())
    code = request.GET.get("area", "")
    form = FilterForm(request.GET, areas=area_choices(actor, code))
    for name in ("q", "kind", "devices", "overdue", "closed"):
        del form.fields[name]
    found = read_due(actor, form.asked().area, today)
    groups: list[dict[str, Any]] = [
        {"what": what, "title": title, "items": found[what],
         "late": sum(one.day < today for one in found[what])}
        for what, title in (
            ("inspection", _("Inspections")),
            ("test", _("Alarm tests")),
            ("hazard", _("Hazards to be mended")),
            ("drill", _("Drills")),
            ("replace", _("Devices to be replaced")),
        )
    ]  # fmt: skip
    context = {
        "groups": groups, "today": today, "form": form, "trail": home_trail(),
        "inspects": inspects_somewhere(actor),
    }  # fmt: skip
    return render(request, "premises/due.html", context)
