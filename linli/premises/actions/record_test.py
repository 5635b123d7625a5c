"""Record a test of an alarm: when it was pressed, and when it arrived, or that it never did."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.working_days import local_date
from linli.premises.actions.faults import note_fault
from linli.premises.actions.step import locked_device, tell
from linli.premises.choices import DeviceKind, DeviceState, Happened
from linli.premises.models import AlarmTest, Device
from linli.premises.policy import permit_test

# The usual turn where the place says nothing: a month.
USUAL_DAYS = 31


@transaction.atomic
def record_test(
    device_id: UUID,
    *,
    sent_at: datetime,
    arrived_at: datetime | None,
    actor: Actor,
    at: datetime,
    note: str = "",
    test_id: UUID | None = None,
) -> AlarmTest:
    """Write a test down. One that arrived sets the next; one that did not is a fault of the device."""
    device = locked_device(device_id, actor)
    permit_test(actor, device.area_id, device.premises)
    if device.kind != DeviceKind.ONE_KEY_ALARM:
        raise IllegalMove(_("Only one-key alarms are tested like this."))
    if sent_at > at or (arrived_at is not None and not sent_at <= arrived_at <= at):
        raise Invalid(
            _("An alarm arrives after it was pressed, and neither lies in the future."),
            {"arrived_at": _("Look at the times again.")},
        )
    test = AlarmTest(
        device=device, sent_at=sent_at, arrived_at=arrived_at, by_id=actor.user_id,
        note=note.strip()[:200], **({"id": test_id} if test_id else {}),
    )  # fmt: skip
    test.save(force_insert=True)
    tell(
        device, Happened.TESTED, actor=actor, at=at, text=device.name, facts={"test": str(test.id)}
    )
    if arrived_at is None:
        note_fault(device, _("The test alarm did not arrive."), actor=actor, at=at)
        return test
    _arrived(device, sent_at, arrived_at)
    return test


def _arrived(device: Device, sent_at: datetime, arrived_at: datetime) -> None:
    """Set the next test of a locked device; it was heard of just now, whatever its heartbeats say."""
    day = local_date(sent_at)
    if device.tested_on is not None and day < device.tested_on:
        return
    turn = device.premises.kind.test_days if device.premises else USUAL_DAYS
    device.tested_on = day
    device.test_due = day + timedelta(days=turn) if turn else None
    fields = ["tested_on", "test_due"]
    if device.state in (DeviceState.OFFLINE, DeviceState.UNCONNECTED):
        device.state = DeviceState.ONLINE
        device.heard_at = max(arrived_at, device.heard_at or arrived_at)
        fields += ["state", "heard_at"]
    device.save(update_fields=fields)
