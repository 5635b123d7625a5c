"""Mend: somebody says that a camera is in order again; the next good look confirms it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras import lifecycle
from linli.cameras.models import Health, WorkOrder
from linli.cameras.policy import may_mend, visible_to
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted


@transaction.atomic
def say_mended(order_id: UUID, *, note: str, actor: Actor, at: datetime) -> WorkOrder:
    """Write down what was done. The camera is looked at at once."""
    rows = WorkOrder.objects.select_for_update(of=("self",)).select_related("camera")
    order = rows.filter(visible_to(actor, "camera__"), pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such work order here."))
    if not may_mend(actor, order.camera, order.unit_id):
        raise NotPermitted(_("The unit that runs the camera says what was done."))
    if order.state != lifecycle.OPEN:
        raise IllegalMove(_("This work order is not open."))
    note = note.strip()
    if not 0 < len(note) <= 300:
        reason = _("Say what was done, in at most 300 characters.")
        raise Invalid(reason, {"note": reason})
    order.state, order.done_at, order.done_by_id, order.note = (
        lifecycle.DONE, at, actor.user_id, note,
    )  # fmt: skip
    order.save(update_fields=["state", "done_at", "done_by", "note"])
    Health.objects.filter(camera=order.camera_id, due_at__isnull=False).update(
        due_at=at, picture_due_at=at
    )
    facts = {"camera": str(order.camera_id), "late": at > order.due_at}
    record("work_order", order.id, "camera.order_done", actor=actor.user_id, at=at, facts=facts)
    return order
