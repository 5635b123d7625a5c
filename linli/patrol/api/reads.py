"""Reading patrols: areas, shifts, routes, coverage."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.kernel.errors import Invalid, NotFound
from linli.patrol.api import schemas
from linli.patrol.api.routes import router
from linli.patrol.models import Route, Shift
from linli.patrol.policy import of_visible_areas, permit_open
from linli.patrol.queries.areas import area_for, areas_of
from linli.patrol.queries.coverage import coverage_of

LONGEST = timedelta(days=92)


@router.get("/patrol/areas", response=list[schemas.AreaOut], summary="Patrol areas")
@scoped("cases:read")
def list_areas(request: HttpRequest) -> Any:
    """Return the patrol areas the caller sees."""
    permit_open(actor_of(request))
    return [
        {
            "id": one.area.id, "name": one.area.name, "area": one.area.area_id,
            "teams": one.teams, "out": one.out,
        }
        for one in areas_of(actor_of(request), timezone.now())
    ]  # fmt: skip


@router.get(
    "/patrol/areas/{uuid:area_id}/shifts",
    response=list[schemas.ShiftOut],
    summary="Published shifts of a period",
)
@scoped("cases:read")
def list_shifts(request: HttpRequest, area_id: UUID, first: date, last: date) -> Any:
    """Return the published shifts from ``first`` to ``last``."""
    permit_open(actor_of(request))
    area = area_for(actor_of(request), area_id)
    _period(first, last)
    rows = Shift.objects.filter(patrol_area=area, published=True, date__range=(first, last))
    routes = dict(Route.objects.filter(shift__in=rows).values_list("shift", "id"))
    return [
        {
            "id": one.id, "team": one.team_id, "pattern": one.pattern_id, "date": one.date,
            "starts_at": one.starts_at, "ends_at": one.ends_at, "route": routes.get(one.id),
        }
        for one in rows.order_by("starts_at", "team")
    ]  # fmt: skip


@router.get("/patrol/routes/{uuid:route_id}", response=schemas.RouteOut, summary="A route")
@scoped("cases:read")
def one_route(request: HttpRequest, route_id: UUID) -> Any:
    """Return a route with its stops and its line."""
    found = Route.objects.filter(of_visible_areas(actor_of(request)), pk=route_id).first()
    if found is None:
        raise NotFound(_("There is no such route here."))
    return route_out(found)


def route_out(route: Route) -> dict[str, Any]:
    """Return a route as the API tells it."""
    names = ("id", "metres", "minutes", "difference", "stops", "line", "left")
    return {name: getattr(route, name) for name in names} | {"shift": route.shift_id}


@router.get(
    "/patrol/areas/{uuid:area_id}/coverage", response=schemas.CoverageOut, summary="Coverage"
)
@scoped("cases:read")
def coverage(request: HttpRequest, area_id: UUID, first: date, last: date) -> Any:
    """Return how often each street was seen, against what was promised."""
    permit_open(actor_of(request))
    area = area_for(actor_of(request), area_id)
    _period(first, last)
    found = coverage_of(area, first, last)
    if found is None:
        raise NotFound(_("The map has no streets in this patrol area."))
    return {"share": found.share, "streets": found.streets}


def _period(first: date, last: date) -> None:
    if not timedelta(0) <= last - first <= LONGEST:
        reason = _("Choose a day after the first, within three months.")
        raise Invalid(reason, {"last": reason})
