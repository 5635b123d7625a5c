"""A device's secret: made here, sealed at rest, changed with a time in which both hold."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.kernel.crypto import seal, unseal
from linli.premises.actions.step import locked_device, tell
from linli.premises.choices import Happened
from linli.premises.models import Device
from linli.premises.policy import permit_keep

BYTES = 24
# As long as it takes to get to every device of a city and type the new one in.
BOTH_HOLD = timedelta(days=7)


def new_secret() -> str:
    """Return a fresh secret: 32 characters that can be typed."""
    return secrets.token_urlsafe(BYTES)


@transaction.atomic
def rotate_secret(
    device_id: UUID, *, actor: Actor, at: datetime, both_hold: timedelta = BOTH_HOLD
) -> str:
    """Give a device a new secret and return it, the only time; the old one holds ``both_hold`` more.

    Zero where the old one is known to strangers: it ends at once.
    """
    device = locked_device(device_id, actor)
    permit_keep(actor, device.area_id)
    fresh = new_secret()
    keeps = device.secret is not None and both_hold > timedelta(0)
    device.former_secret = device.secret if keeps else None
    device.former_until = at + both_hold if keeps else None
    device.secret = seal(fresh, device.id.bytes)
    device.save(update_fields=["secret", "former_secret", "former_until"])
    facts = {"former_until": device.former_until}
    tell(device, Happened.SECRET, actor=actor, at=at, text=device.name, facts=facts)
    return fresh


def secrets_of(device: Device, at: datetime) -> list[str]:
    """Return the secrets that hold now, the newest first; for the channels devices speak."""
    held = [device.secret] if device.secret is not None else []
    if device.former_secret is not None and device.former_until and at < device.former_until:
        held.append(device.former_secret)
    return [str(unseal(bytes(one), device.id.bytes)) for one in held]


def knows_secret(device: Device, said: str, at: datetime) -> bool:
    """Say whether ``said`` is a secret of the device that holds now; takes the same time always."""
    found = False
    for one in secrets_of(device, at):
        found |= hmac.compare_digest(one.encode(), said.encode())
    return found and device.retired_at is None
