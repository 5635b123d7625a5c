"""Reading premises and devices, what they lack, and what is due."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query

from linli.accounts.actor import Actor, actor_of
from linli.accounts.gate import scoped
from linli.kernel.errors import NotPermitted
from linli.kernel.working_days import local_date
from linli.premises.api.routes import router
from linli.premises.api.schemas import CoverageOut, DeviceOut, DueOut, ListIn, PageOut, PremisesOut
from linli.premises.hours import write_hours
from linli.premises.models import CheckItem, Device, Hazard
from linli.premises.policy import may_open
from linli.premises.queries import page as read
from linli.premises.queries.coverage import place_gaps
from linli.premises.queries.due import due as read_due
from linli.premises.queries.listing import Asked, page
from linli.premises.report import coverage_report


def permitted(request: HttpRequest) -> Actor:
    """Return who asks; raises :class:`NotPermitted` for those who have nothing to do here."""
    actor = actor_of(request)
    if not may_open(actor):
        raise NotPermitted(_("Premises are for those who look after an area or a unit."))
    return actor


@router.get("/premises", response=PageOut, summary="A page of premises by area and name")
@scoped("premises:read")
def listing(request: HttpRequest, asked: Query[ListIn]) -> Any:
    """Return the places that fit; ``overdue`` is inspection, test or hazard."""
    told = asked.dict()
    after = told.pop("after")
    what = Asked(words=told.pop("q"), **told)
    rows, cursor = page(permitted(request), what, local_date(timezone.now()), after=after)
    return {"premises": rows, "after": cursor}


@router.get(
    "/premises/coverage",
    response=list[CoverageOut],
    summary="Which places have what they must have",
)
@scoped("premises:read")
def covered(request: HttpRequest, area: str = "", kind: str = "", device: str = "") -> Any:
    """Return the live figure by kind, with the exceptions by name."""
    return coverage_report(permitted(request), area, kind=kind, device=device)


@router.get("/premises/due", response=list[DueOut], summary="What is late or due within two weeks")
@scoped("premises:read")
def due(request: HttpRequest, area: str = "") -> Any:
    """Return inspections, alarm tests, hazards, drills and replacements that are due."""
    found = read_due(permitted(request), area, local_date(timezone.now()))
    return [
        {
            "what": one.what, "premises": one.place, "name": one.place_name or "",
            "day": one.day, "about": one.about, "text": one.text,
        }
        for items in found.values()
        for one in items
    ]  # fmt: skip


@router.get("/premises/{uuid:premises_id}", response=PremisesOut, summary="One place")
@scoped("premises:read")
def one(request: HttpRequest, premises_id: UUID) -> Any:
    """Return a place with its devices, its hazards, its check list, and what it lacks."""
    place = read.place_for(actor_of(request), premises_id)
    devices = read.devices_of(place)
    plain = (
        "id", "name", "address", "latitude", "longitude", "phone", "floors", "basements",
        "capacity", "absent", "note", "inspected_on", "inspection_due", "drilled_on", "closed_on",
    )  # fmt: skip
    return {
        **{name: getattr(place, name) for name in plain},
        "kind": place.kind_id, "area": place.area_id, "hours": write_hours(place.hours),
        "responsible": place.responsible_id, "department": place.department_id,
        "devices": [told(device) for device in devices],
        "hazards": [hazard_told(hazard) for hazard in read.hazards_of(place)],
        "check_list": CheckItem.objects.filter(kind=place.kind_id, retired=False),
        "lacks": [f"{gap.device_kind}:{gap.spot}:{gap.why}" for gap in place_gaps(place, devices)],
    }  # fmt: skip


@router.get("/devices/{uuid:device_id}", response=DeviceOut, summary="One device")
@scoped("premises:read")
def device(request: HttpRequest, device_id: UUID) -> Any:
    """Return a device with its state and the named fault."""
    return told(read.device_for(actor_of(request), device_id))


def told(found: Device) -> dict[str, Any]:
    """Return a device as the API gives it: never its secret."""
    plain = (
        "id", "kind", "senses", "name", "spot", "floor", "serial", "latitude", "longitude",
        "to_police", "state", "fault", "interval_seconds", "heard_at", "tested_on", "test_due",
        "expires_on", "retired_at",
    )  # fmt: skip
    return {
        **{name: getattr(found, name) for name in plain},
        "premises": found.premises_id, "area": found.area_id,
    }  # fmt: skip


def hazard_told(hazard: Hazard) -> dict[str, Any]:
    """Return a hazard as the API gives it."""
    plain = ("id", "text", "note", "rule", "state", "found_at", "due_on", "closed_at")
    return {**{name: getattr(hazard, name) for name in plain}, "case": hazard.case_id}
