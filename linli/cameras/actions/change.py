"""Change: what is written about a camera; what the police were told otherwise is filed again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.actions.describe import (
    PLAIN,
    Around,
    CameraData,
    check,
    cleaned,
    contract_of,
    look_up,
    permit,
    write,
)
from linli.cameras.actions.register import due_after, refuse_known
from linli.cameras.actions.step import locked
from linli.cameras.lifecycle import FILED_FACTS
from linli.cameras.models import Camera, Contract
from linli.kernel.working_days import local_date

_WATCHED = (*PLAIN, "area_id", "owner_id", "managing_id", "contract_id")


@transaction.atomic
def change_camera(
    camera_id: UUID, data: CameraData, *, actor: Actor, at: datetime, seen: int | None = None
) -> Camera:
    """Write ``data`` into a camera's entry.

    A new place, field of view, managing unit, purpose or storage after a filing begins 30 days anew.
    """
    camera = locked(camera_id, actor, seen)
    data = cleaned(data)
    today = local_date(at)
    check(data, today)
    around = look_up(data)
    permit(actor, around.area.code, of_centre=around.of_centre)
    refuse_known(data, but=camera)
    contract = contract_of(data, around.owner)
    if changed := rewrite(camera, data, around, contract, today):
        camera.save()
        facts = {"changed": changed, "due": camera.filing_due}
        record("camera", camera.id, "camera.change", actor=actor.user_id, at=at, facts=facts)
    return camera


def rewrite(
    camera: Camera, data: CameraData, around: Around, contract: Contract | None, today: date
) -> list[str]:
    """Put a description into a row that is not saved yet; return the names of what changed."""
    before = {name: getattr(camera, name) for name in _WATCHED}
    write(camera, data, around, contract)
    changed = sorted(name for name in _WATCHED if getattr(camera, name) != before[name])
    if not changed:
        return []
    if camera.filed_on is None:
        camera.filing_due = due_after(camera.installed_on)
    elif camera.filing_due is None and set(changed) & set(FILED_FACTS):
        camera.changed_on, camera.filing_due = today, due_after(today)
    camera.version += 1
    return changed
