"""File: the county's police have taken the camera into their records, under a number."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.actions.step import locked
from linli.cameras.lifecycle import FILED_FACTS
from linli.cameras.models import Camera, Filing
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date


@transaction.atomic
def file_camera(
    camera_id: UUID, *, filed_on: date, number: str, actor: Actor, at: datetime
) -> Camera:
    """Write down a filing of the entry as it is now. Its day lies after what it tells of."""
    camera = locked(camera_id, actor)
    number = number.strip()
    wrong: dict[str, str] = {}
    if not 0 < len(number) <= 60:
        wrong["number"] = _("Write the number the police gave, in at most 60 characters.")
    if not camera.installed_on <= filed_on <= local_date(at):
        wrong["filed_on"] = _("A day from when it was put to use up to today.")
    elif camera.changed_on and filed_on < camera.changed_on:
        wrong["filed_on"] = _("It was changed after that day: file it anew.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    late = camera.filing_due is not None and filed_on > camera.filing_due
    told = {name: getattr(camera, name) for name in FILED_FACTS}
    told["managing_id"] = str(camera.managing_id)
    filing = Filing(
        camera=camera, filed_on=filed_on, number=number, facts=told, at=at, by_id=actor.user_id
    )
    camera.filed_on, camera.filing_number, camera.filing_due = filed_on, number, None
    camera.version += 1
    camera.save(update_fields=["filed_on", "filing_number", "filing_due", "version"])
    filing.save(force_insert=True)
    facts = {"filed_on": filed_on, "late": late}
    record("camera", camera.id, "camera.file", actor=actor.user_id, at=at, facts=facts)
    return camera
