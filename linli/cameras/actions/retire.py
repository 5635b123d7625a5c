"""Retire: a camera is taken down; its entry stays, and nobody looks at it any more."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.actions.keep_look import close_order
from linli.cameras.actions.step import locked
from linli.cameras.actions.watch import watch
from linli.cameras.models import Camera, Recording, WorkOrder
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date


@transaction.atomic
def retire_camera(camera_id: UUID, *, on: date, actor: Actor, at: datetime) -> Camera:
    """Take a camera out of use. Its addresses and their passwords are forgotten; it is no longer
    recorded, and what is kept already goes in its time.
    """
    camera = locked(camera_id, actor)
    if not camera.installed_on <= on <= local_date(at):
        reason = _("A day from when it was put to use up to today.")
        raise Invalid(reason, {"on": reason})
    camera.retired_on = on
    camera.version += 1
    camera.save(update_fields=["retired_on", "version"])
    camera.sources.all().delete()
    Recording.objects.filter(camera=camera, stopped_at=None).update(stopped_at=at)
    watch(camera.id, at=at)
    for order in WorkOrder.objects.select_for_update().filter(camera=camera, closed_at=None):
        close_order(order, at=at)
    record("camera", camera.id, "camera.retire", actor=actor.user_id, at=at, facts={"on": on})
    return camera
