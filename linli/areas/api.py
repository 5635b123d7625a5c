"""The JSON API of areas and units."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from linli.accounts.gate import scoped
from linli.areas.models import Area, Unit
from linli.areas.queries import area as find_area

router = Router(tags=["areas"])


class AreaOut(Schema):
    """An area; ``parent`` is the code one level up. Coordinates are WGS-84 degrees."""

    code: str
    name: str
    level: str
    parent: str | None
    latitude: float | None
    longitude: float | None


class UnitOut(Schema):
    """A unit that works in an area."""

    id: UUID
    kind: str
    name: str
    field: str
    phone: str


def _row(area: Area) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "level": area.level,
        "parent": area.parent_id,
        "latitude": area.latitude,
        "longitude": area.longitude,
    }


@router.get("/areas/{code}", response=AreaOut, summary="An area")
@scoped("areas:read")
def one(request: HttpRequest, code: str) -> Any:
    """Return an area that still exists."""
    return _row(find_area(code))


@router.get("/areas/{code}/children", response=list[AreaOut], summary="The areas below")
@scoped("areas:read")
def children(request: HttpRequest, code: str) -> Any:
    """Return the areas one level below, by code."""
    below = Area.objects.filter(parent=find_area(code), abolished_on=None).order_by("code")
    return [_row(area) for area in below]


@router.get("/areas/{code}/units", response=list[UnitOut], summary="The units of an area")
@scoped("areas:read")
def units(request: HttpRequest, code: str) -> Any:
    """Return the open centre, departments, committees and teams of exactly this area."""
    found = Unit.objects.filter(area=find_area(code), closed_on=None).order_by("kind", "name")
    return list(found.values("id", "kind", "name", "field", "phone"))
