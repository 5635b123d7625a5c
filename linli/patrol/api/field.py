"""What phones send in a shift: positions, check-ins, findings. All may be sent twice and late."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.patrol.actions.check_in import Proof, check_in
from linli.patrol.actions.report_finding import FindingData, report_finding
from linli.patrol.actions.take_fixes import Position, take_fixes
from linli.patrol.api import schemas
from linli.patrol.api.routes import router


def _point(longitude: float | None, latitude: float | None) -> tuple[float, float] | None:
    return None if longitude is None or latitude is None else (longitude, latitude)


@router.post(
    "/patrol/shifts/{uuid:shift_id}/fixes", response=schemas.Taken, summary="Send positions"
)
@scoped("cases:write")
def send_fixes(request: HttpRequest, shift_id: UUID, given: schemas.FixesIn) -> Any:
    """Keep positions of the caller's own shift; those outside of it are not kept."""
    batch = [Position(one.at, one.longitude, one.latitude, one.accuracy) for one in given.fixes]
    kept = take_fixes(shift_id, batch, actor=actor_of(request), at=timezone.now())
    return {"kept": kept}


@router.post(
    "/patrol/shifts/{uuid:shift_id}/check-ins", response={201: schemas.Done}, summary="Check in"
)
@scoped("cases:write")
def send_check_in(request: HttpRequest, shift_id: UUID, given: schemas.CheckIn) -> Any:
    """Check in at a place; the same id again is the same check-in."""
    proof = Proof(
        point=_point(given.longitude, given.latitude), accuracy=given.accuracy, code=given.code
    )
    made = check_in(
        shift_id, key=given.key, proof=proof, moment=given.at, check_in_id=given.id,
        actor=actor_of(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": made.id})


@router.post(
    "/patrol/shifts/{uuid:shift_id}/findings",
    response={201: schemas.FindingOut},
    summary="Report a finding",
)
@scoped("cases:write")
def send_finding(request: HttpRequest, shift_id: UUID, given: schemas.FindingIn) -> Any:
    """Report what was found; it becomes a case."""
    data = FindingData(
        title=given.title, description=given.description, place=given.place,
        point=_point(given.longitude, given.latitude), urgent=given.urgent,
    )  # fmt: skip
    made = report_finding(
        shift_id, data, moment=given.at, finding_id=given.id, actor=actor_of(request),
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": made.id, "number": made.number})
