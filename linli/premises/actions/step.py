"""The first and the last part of every action here: find under the actor's scope, lock; record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound, Stale
from linli.premises.models import Device, Event, Premises
from linli.premises.policy import devices_visible_to, visible_to


def locked(premises_id: UUID, actor: Actor, *, seen: int | None = None) -> Premises:
    """Return visible premises with their row locked; ``seen`` is the version the page showed."""
    found = (
        Premises.objects.select_for_update(of=("self",))
        .select_related("kind", "area")
        .filter(visible_to(actor), pk=premises_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such place here."))
    if seen is not None and seen != found.version:
        raise Stale(
            _("Somebody changed this place meanwhile."), _("Look at it again before you go on.")
        )
    return found


def open_one(premises_id: UUID, actor: Actor, *, seen: int | None = None) -> Premises:
    """Return the same, and refuse where the place has closed."""
    found = locked(premises_id, actor, seen=seen)
    if found.closed_on is not None:
        raise IllegalMove(_("This place has closed."))
    return found


def locked_device(device_id: UUID, actor: Actor) -> Device:
    """Return a visible device that is in use, with its row locked."""
    found = (
        Device.objects.select_for_update(of=("self",))
        .select_related("premises__kind")
        .filter(devices_visible_to(actor), pk=device_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such device here."))
    if found.retired_at is not None:
        raise IllegalMove(_("This device is out of use."))
    return found


def tell(
    about: Premises | Device,
    what: str,
    *,
    actor: Actor,
    at: datetime,
    text: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write the line of the history and the audit entry; ``text`` holds nothing personal.

    A device's line stands in the history of its premises too.
    """
    event = Event(
        area_id=about.area_id, what=what, at=at, by_id=actor.user_id, text=text[:200]
    )  # fmt: skip
    if isinstance(about, Device):
        kind, event.device, event.premises_id = "device", about, about.premises_id
    else:
        kind, event.premises = "premises", about
    entry = {"area": about.area_id, "event": str(event.id), **(facts or {})}
    record(
        kind, about.id, f"{kind}.{what}", actor=actor.user_id, at=at, facts=entry, rows=[event]
    )  # fmt: skip
