"""Figures of dispatch: how fast in an area and a period, against its targets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.areas.choosing import FiguresForm, below, choices, way_to
from linli.dispatch.policy import permit_dispatch
from linli.dispatch.queries.clocks import spell
from linli.dispatch.queries.performance import FEWEST, Measure, figures_of
from linli.dispatch.queries.settings import targets_of
from linli.dispatch.web.home import permit_desk
from linli.kernel.working_days import local_date


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the figures of ``?area=…`` and ``&period=…`` or ``&since=…&until=…``."""
    actor, at = actor_of(request), timezone.now()
    permit_desk(actor)
    path = way_to(actor, request.GET.get("area", ""))
    area = path[-1]
    permit_dispatch(actor, area.code)
    form = FiguresForm(
        {"area": area.code, **request.GET.dict()},
        areas=choices(actor, path, below(area.code)),
        today=local_date(at),
    )
    status = 200 if form.is_valid() else 422
    targets = targets_of(area.code)
    found = figures_of(area.code, form.chosen)
    goals = (
        spell(targets.answer), spell(targets.process),
        _("%(town)s in town, %(outside)s outside")
        % {"town": spell(targets.arrive_in_town), "outside": spell(targets.arrive_outside)},
    )  # fmt: skip
    context = {
        "area": area,
        "form": form,
        "title": _("How fast: %(area)s") % {"area": area.name},
        "trail": [
            (f"{reverse('dispatch:figures')}?area={one.code}", one.name) for one in path[:-1]
        ],
        "periods": form.tabs(area.code),
        "chips": form.chips(area.code),
        "found": found,
        "targets": targets,
        "fewest": FEWEST,
        "rows": [
            (one, goal, spell(one.median), spell(one.ninetieth), _light(one, targets.share))
            for one, goal in zip(found.measures, goals, strict=True)
        ],
    }
    return render(request, "dispatch/figures.html", context, status=status)


def _light(measure: Measure, wanted: int) -> str:
    if measure.share is None:
        return ""
    return "green" if measure.share >= wanted else "red"
