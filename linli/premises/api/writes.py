"""Writing premises, devices, tests, inspections and drills down, each once for an idempotency key."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.responses import Status

from linli.accounts.actor import actor_of
from linli.accounts.gate import claimed, scoped
from linli.kernel.bodies import Key
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.premises.actions.add_device import DeviceData, add_device
from linli.premises.actions.add_premises import PremisesData, add_premises
from linli.premises.actions.drills import hold_drill, plan_drill
from linli.premises.actions.faults import mend_device, record_fault
from linli.premises.actions.inspect import Line, inspect_premises
from linli.premises.actions.look_again import look_again
from linli.premises.actions.record_test import record_test
from linli.premises.api.reads import hazard_told, told
from linli.premises.api.routes import router
from linli.premises.api.schemas import (
    DeviceIn,
    DeviceOut,
    DrillIn,
    FaultIn,
    HazardOut,
    HeldIn,
    InspectionIn,
    LookIn,
    Made,
    NoteIn,
    PremisesIn,
    TestIn,
)
from linli.premises.hours import Week, read_hours


@router.post("/premises", response={201: Made}, summary="Write a place down")
@scoped("premises:write")
def add(request: HttpRequest, place: PremisesIn, key: Key = None) -> Any:
    """Write a place down. The same key again gives the same place."""
    fresh = new_id()
    if first := claimed(request, key, fresh):
        return Status(201, {"id": first})
    plain = place.dict(exclude={"hours", "absent"})
    data = PremisesData(**plain, hours=_hours(place.hours), absent=tuple(place.absent))
    add_premises(data, actor=actor_of(request), at=timezone.now(), premises_id=fresh)
    return Status(201, {"id": fresh})


def _hours(text: str) -> Week:
    try:
        return read_hours(text)
    except ValueError as wrong:
        said = _("“%(text)s” are no opening hours.") % {"text": text}
        raise Invalid(said, {"hours": said}) from wrong


@router.post("/devices", response={201: Made}, summary="Write a device down")
@scoped("premises:write")
def add_one(request: HttpRequest, device: DeviceIn, key: Key = None) -> Any:
    """Write a device down, in a place or in an area. The same key again gives the same device."""
    fresh = new_id()
    if first := claimed(request, key, fresh):
        return Status(201, {"id": first})
    data = DeviceData(**device.dict())
    add_device(data, actor=actor_of(request), at=timezone.now(), device_id=fresh)
    return Status(201, {"id": fresh})


@router.post(
    "/devices/{uuid:device_id}/tests", response={201: Made}, summary="Record a test of an alarm"
)
@scoped("premises:write")
def pressed(request: HttpRequest, device_id: UUID, test: TestIn, key: Key = None) -> Any:
    """Write a test down with the time of arrival. The same key again gives the same test."""
    fresh = new_id()
    if first := claimed(request, key, fresh):
        return Status(201, {"id": first})
    actor, at = actor_of(request), timezone.now()
    record_test(device_id, **test.dict(), actor=actor, at=at, test_id=fresh)
    return Status(201, {"id": fresh})


@router.post("/devices/{uuid:device_id}/fault", response=DeviceOut, summary="Name a fault")
@scoped("premises:write")
def fault(request: HttpRequest, device_id: UUID, fault: FaultIn) -> Any:
    """Say what is wrong with a device."""
    actor, at = actor_of(request), timezone.now()
    return told(record_fault(device_id, fault=fault.fault, actor=actor, at=at))


@router.post("/devices/{uuid:device_id}/mend", response=DeviceOut, summary="A device works again")
@scoped("premises:write")
def mend(request: HttpRequest, device_id: UUID, done: NoteIn) -> Any:
    """Say that a device works again."""
    actor, at = actor_of(request), timezone.now()
    return told(mend_device(device_id, note=done.note, actor=actor, at=at))


@router.post(
    "/premises/{uuid:premises_id}/inspections", response={201: Made}, summary="Record an inspection"
)
@scoped("premises:write")
def inspect(
    request: HttpRequest, premises_id: UUID, inspection: InspectionIn, key: Key = None
) -> Any:
    """Write an inspection down; what is not in order becomes hazards with cases."""
    fresh = new_id()
    if first := claimed(request, key, fresh):
        return Status(201, {"id": first})
    lines = {one.item: Line(fine=one.fine, note=one.note) for one in inspection.lines}
    inspect_premises(
        premises_id, lines, kind=inspection.kind, note=inspection.note,
        actor=actor_of(request), at=timezone.now(), inspection_id=fresh,
    )  # fmt: skip
    return Status(201, {"id": fresh})


@router.post("/hazards/{uuid:hazard_id}/look", response=HazardOut, summary="Look at a hazard again")
@scoped("premises:write")
def look(request: HttpRequest, hazard_id: UUID, look: LookIn) -> Any:
    """Close a hazard that is mended, or leave it open; its case follows."""
    actor, at = actor_of(request), timezone.now()
    return hazard_told(look_again(hazard_id, **look.dict(), actor=actor, at=at))


@router.post("/premises/{uuid:premises_id}/drills", response={201: Made}, summary="Plan a drill")
@scoped("premises:write")
def plan(request: HttpRequest, premises_id: UUID, drill: DrillIn, key: Key = None) -> Any:
    """Plan a drill. The same key again gives the same drill."""
    fresh = new_id()
    if first := claimed(request, key, fresh):
        return Status(201, {"id": first})
    actor, at = actor_of(request), timezone.now()
    plan_drill(premises_id, **drill.dict(), actor=actor, at=at, drill_id=fresh)
    return Status(201, {"id": fresh})


@router.post("/drills/{uuid:drill_id}/held", response=Made, summary="A drill was held")
@scoped("premises:write")
def held(request: HttpRequest, drill_id: UUID, drill: HeldIn) -> Any:
    """Write down with how many people it was held, and what was learned."""
    actor, at = actor_of(request), timezone.now()
    return {"id": hold_drill(drill_id, **drill.dict(), actor=actor, at=at).id}
