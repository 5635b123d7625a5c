"""A device's fault is named, and said to be mended. A fault is not an alarm."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid
from linli.premises.actions.step import locked_device, tell
from linli.premises.choices import DeviceState, Happened
from linli.premises.models import Device
from linli.premises.policy import permit_test


@transaction.atomic
def record_fault(device_id: UUID, *, fault: str, actor: Actor, at: datetime) -> Device:
    """Name what is wrong with a device; a second fault takes the place of the first."""
    device = locked_device(device_id, actor)
    permit_test(actor, device.area_id, device.premises)
    fault = fault.strip()[:200]
    if not fault:
        raise Invalid(_("A fault needs a name."), {"fault": _("Write what is wrong.")})
    note_fault(device, fault, actor=actor, at=at)
    return device


def note_fault(device: Device, fault: str, *, actor: Actor, at: datetime) -> None:
    """Put a locked device into the state of a fault."""
    device.state, device.fault = DeviceState.FAULT, fault
    device.save(update_fields=["state", "fault"])
    tell(device, Happened.FAULT, actor=actor, at=at, text=f"{device.name}: {fault}")


@transaction.atomic
def mend_device(device_id: UUID, *, actor: Actor, at: datetime, note: str = "") -> Device:
    """Say that it works again: online where it was heard of lately, else waiting for that."""
    device = locked_device(device_id, actor)
    permit_test(actor, device.area_id, device.premises)
    if device.state != DeviceState.FAULT:
        raise IllegalMove(_("This device has no fault."))
    device.fault = ""
    if device.interval_seconds:
        device.state = DeviceState.OFFLINE if device.heard_at else DeviceState.UNCONNECTED
        if device.heard_at and (at - device.heard_at).total_seconds() <= device.interval_seconds:
            device.state = DeviceState.ONLINE
    else:
        device.state = DeviceState.ONLINE if device.heard_at else DeviceState.UNCONNECTED
    device.save(update_fields=["state", "fault"])
    tell(device, Happened.REPAIRED, actor=actor, at=at, text=note or device.name)
    return device
