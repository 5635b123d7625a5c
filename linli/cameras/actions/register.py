"""Register: a camera gets its entry, and 30 days to be filed with the county's police."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.audit.record import record
from linli.cameras.actions.describe import (
    CameraData,
    check,
    cleaned,
    contract_of,
    look_up,
    permit,
    write,
)
from linli.cameras.lifecycle import FILING_DAYS
from linli.cameras.models import Camera
from linli.kernel.errors import Invalid
from linli.kernel.row_security import unscoped
from linli.kernel.working_days import local_date


@transaction.atomic
def register_camera(data: CameraData, *, actor: Actor, at: datetime) -> Camera:
    """Enter a camera. Raises :class:`Invalid` with the fields, also for a forbidden place."""
    data = cleaned(data)
    check(data, local_date(at))
    around = look_up(data)
    permit(actor, around.area.code, of_centre=around.of_centre)
    refuse_known(data)
    camera = Camera(filing_due=due_after(data.installed_on))
    write(camera, data, around, contract_of(data, around.owner))
    facts = {"code": camera.code, "area": camera.area_id, "due": camera.filing_due}
    record(
        "camera", camera.id, "camera.register", actor=actor.user_id, at=at, facts=facts,
        rows=[camera],
    )  # fmt: skip
    return camera


def due_after(day: date) -> date:
    """Return the last day for a filing after ``day``."""
    return day + timedelta(days=FILING_DAYS)


def refuse_known(data: CameraData, but: Camera | None = None) -> None:
    """Raise :class:`Invalid` where another camera of the city has the code."""
    others = Camera.objects.filter(in_area(data.area[:4], "area_id"), code=data.code)
    if but is not None:
        others = others.exclude(pk=but.pk)
    # Also one that the actor may not see: that the code is taken is no secret.
    with unscoped():
        is_known = others.exists()
    if is_known:
        reason = _("Another camera of the city has this code.")
        raise Invalid(reason, {"code": reason})
