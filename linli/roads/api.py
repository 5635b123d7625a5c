"""The JSON API of roads: the map, places on it, the way there, and what is closed."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import AwareDatetime, Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import claimed, scoped
from linli.kernel.bodies import TEXT, Input, Key, Short
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.roads import queries
from linli.roads.actions.close_road import close_road
from linli.roads.actions.reopen_road import reopen_road
from linli.roads.models import Closure
from linli.roads.modes import Mode

router = Router(tags=["roads"])

# What one request may ask: a route through so many points; times of so many by so few.
MOST_POINTS, MOST_MANY, MOST_FEW, MOST_MINUTES = 20, 500, 10, 60

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
# Longitude and latitude in degrees (WGS-84), as GeoJSON has them.
Position = tuple[Longitude, Latitude]


class MapOut(Schema):
    """The map in use. ``credit`` has to stand wherever the map or what comes of it is shown."""

    version: str
    credit: str
    made_up: bool


class PlaceOut(Schema):
    """A place that was found: what it is, its names, where, and the nearest settlement."""

    kind: str
    name: str
    address: str
    town: str
    point: Position


class PlacesAsked(Schema):
    """``words``: part of a name or an address, as people type it."""

    words: Annotated[str, Field(max_length=60, pattern=TEXT, min_length=1)]


class RouteIn(Input):
    """From the first point by the others to the last."""

    points: Annotated[list[Position], Field(min_length=2, max_length=MOST_POINTS)]
    mode: Mode = Mode.CAR


class StepOut(Schema):
    """One line of directions: what to do, into which road, and how many metres it then goes."""

    turn: str
    road: str
    metres: int


class RouteOut(Schema):
    """A way: its ``line`` is GeoJSON; ``steps`` are in the caller's language."""

    seconds: float
    metres: int
    line: dict[str, Any]
    steps: list[StepOut]


class TimesIn(Input):
    """``sources`` and ``targets``: of the shorter list at most ten, of the longer at most 500."""

    sources: Annotated[list[Position], Field(min_length=1, max_length=MOST_MANY)]
    targets: Annotated[list[Position], Field(min_length=1, max_length=MOST_MANY)]
    mode: Mode = Mode.CAR


class TimesOut(Schema):
    """A row of seconds for each source, one number a target; null where there is no way."""

    seconds: list[list[float | None]]


class IsochronesIn(Input):
    """How far one gets from ``point`` in so many ``minutes``; ``towards``: from where one gets here."""

    point: Position
    minutes: Annotated[
        list[Annotated[float, Field(ge=1, le=MOST_MINUTES)]], Field(min_length=1, max_length=4)
    ]
    mode: Mode = Mode.CAR
    towards: bool = False


class IsochronesOut(Schema):
    """GeoJSON: a feature for each number of ``minutes``, which is its property."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[dict[str, Any]]


class ClosingIn(Input):
    """Where: a ``point`` on the road, or an ``area`` (a GeoJSON polygon). No ``since``: from now on."""

    reason: Short
    point: Position | None = None
    area: dict[str, Any] | None = None
    modes: Annotated[list[Mode], Field(max_length=3)] = list(Mode)
    since: AwareDatetime | None = None
    until: AwareDatetime


class ClosureOut(Schema):
    """A road or a place one does not get through; ``shape`` is a GeoJSON polygon."""

    id: UUID
    reason: str
    shape: dict[str, Any]
    modes: list[Mode]
    since: datetime
    until: datetime


@router.get("/roads/map", response=MapOut, summary="The map in use")
@scoped("roads:read")
def the_map(request: HttpRequest) -> Any:
    """Return its version, whose data it is, and whether its streets are made up."""
    queries.map_in_use()
    return queries.base_map()


@router.get("/roads/places", response=list[PlaceOut], summary="Find a place or an address")
@scoped("roads:read")
def places(request: HttpRequest, asked: Query[PlacesAsked]) -> Any:
    """Return what the map knows under that name, the best match first."""
    return queries.find_places(asked.words)


@router.post("/roads/route", response=RouteOut, summary="The best way")
@scoped("roads:read")
def route(request: HttpRequest, asked: RouteIn) -> Any:
    """Return the way as of now: it leads round what is closed."""
    found = queries.route(asked.points, asked.mode, timezone.now())
    line = {"type": "LineString", "coordinates": [list(point) for point in found.line]}
    return {"seconds": found.seconds, "metres": found.metres, "line": line, "steps": found.steps}


@router.post("/roads/times", response=TimesOut, summary="Travel times from many to many")
@scoped("roads:read")
def times(request: HttpRequest, asked: TimesIn) -> Any:
    """Return how long each source needs to each target now, turns and lights left out."""
    few = min(len(asked.sources), len(asked.targets))
    if few > MOST_FEW:
        said = _("Of sources or of targets there are at most %(few)d.") % {"few": MOST_FEW}
        raise Invalid(said, {"sources": said})
    now = timezone.now()
    return {"seconds": queries.seconds_between(asked.sources, asked.targets, asked.mode, now)}


@router.post("/roads/isochrones", response=IsochronesOut, summary="How far one gets in a time")
@scoped("roads:read")
def isochrones(request: HttpRequest, asked: IsochronesIn) -> Any:
    """Return a polygon for each number of minutes."""
    found = queries.isochrones(
        asked.point, sorted(set(asked.minutes)), asked.mode, timezone.now(), towards=asked.towards
    )
    return {
        "features": [
            {"type": "Feature", "properties": {"minutes": minutes}, "geometry": shape}
            for minutes, shape in sorted(found.items())
        ]
    }


@router.get("/roads/closures", response=list[ClosureOut], summary="Closed roads, now and planned")
@scoped("roads:read")
def closed(request: HttpRequest) -> Any:
    """Return what is closed now or will be, in its order."""
    return queries.coming_closures(timezone.now())


@router.post("/roads/closures", response={201: ClosureOut}, summary="Close a road")
@scoped("roads:write")
def close(request: HttpRequest, closing: ClosingIn, key: Key = None) -> Any:
    """Close a road or an area. The same key again gives the same closure."""
    actor, now, fresh = actor_of(request), timezone.now(), new_id()
    if first := claimed(request, key, fresh):
        return Status(201, Closure.objects.get(pk=first))
    made = close_road(
        reason=closing.reason, since=closing.since or now, until=closing.until, actor=actor,
        at=now, point=closing.point, area=closing.area, modes=closing.modes, closure_id=fresh,
    )  # fmt: skip
    return Status(201, made)


@router.post(
    "/roads/closures/{uuid:closure_id}/reopen", response=ClosureOut, summary="Open a road again"
)
@scoped("roads:write")
def reopen(request: HttpRequest, closure_id: UUID) -> Any:
    """End a closure now; one that has not begun never does."""
    return reopen_road(closure_id, actor=actor_of(request), at=timezone.now())
