"""What the pages of one place and of one device show."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.models import Case
from linli.cases.policy import visible_to as cases_visible_to
from linli.kernel.crypto import mask
from linli.kernel.errors import NotFound
from linli.kernel.paging import page_of
from linli.premises.lifecycle import PENDING
from linli.premises.models import (
    Answer,
    Contact,
    Device,
    Event,
    Hazard,
    Inspection,
    Look,
    Premises,
    StoredFile,
)
from linli.premises.policy import devices_visible_to, visible_to
from linli.premises.sealed import opened

LATEST = 10
PHONE_TAIL = 4


def place_for(actor: Actor, premises_id: UUID) -> Premises:
    """Return a visible place with its kind, area and units; raises :class:`NotFound`."""
    rows = Premises.objects.select_related("kind", "area__parent", "responsible", "department")
    found = rows.filter(visible_to(actor), pk=premises_id).first()
    if found is None:
        raise NotFound(_("There is no such place here."))
    return found


def device_for(actor: Actor, device_id: UUID) -> Device:
    """Return a visible device with its premises; raises :class:`NotFound`."""
    rows = Device.objects.select_related("premises__kind", "area")
    found = rows.filter(devices_visible_to(actor), pk=device_id).first()
    if found is None:
        raise NotFound(_("There is no such device here."))
    return found


def devices_of(place: Premises) -> list[Device]:
    """Return the devices in use, by spot."""
    return list(place.devices.filter(retired_at=None).order_by("spot", "kind", "name"))


def hazards_of(place: Premises) -> list[Hazard]:
    """Return what is pending, and the latest that are not, the newest first."""
    rows = place.hazards.order_by("-found_at", "-id").prefetch_related(
        Prefetch("looks", Look.objects.select_related("by").order_by("id"))
    )
    pending = list(rows.filter(state__in=PENDING))
    return [*pending, *rows.exclude(state__in=PENDING)[:LATEST]]


def visible_cases(actor: Actor, hazards: Sequence[Hazard]) -> dict[UUID, str]:
    """Return case → number of those the actor may open: the others stay unlinked."""
    cases = Case.objects.filter(cases_visible_to(actor), pk__in={one.case_id for one in hazards})
    return dict(cases.values_list("id", "number"))


def contacts_of(place: Premises) -> list[dict[str, object]]:
    """Return the contacts with name and phone masked."""
    return [
        {"row": one, "name": mask(str(told.get("name", ""))), "phone": masked_phone(told)}
        for one in Contact.objects.filter(premises=place, erased_at=None)
        for told in [opened(one)]
    ]


def masked_phone(told: dict[str, str]) -> str:
    """Return the last digits of a phone: enough to see which one it is."""
    phone = str(told.get("phone", ""))
    return mask(phone, head=0, tail=min(PHONE_TAIL, max(0, len(phone) - PHONE_TAIL)))


def history(place: Premises, after: str, size: int = 30) -> tuple[list[Event], str]:
    """Return a page of what happened to a place and its devices, the latest first."""
    return page_of(Event.objects.filter(premises=place).select_related("by", "device"), after, size)


def device_history(device: Device, after: str, size: int = 30) -> tuple[list[Event], str]:
    """Return a page of what happened to a device, the latest first."""
    return page_of(Event.objects.filter(device=device).select_related("by"), after, size)


def inspection_for(actor: Actor, inspection_id: UUID) -> Inspection:
    """Return a visible inspection with its place; raises :class:`NotFound`."""
    rows = Inspection.objects.select_related("premises__kind", "by")
    found = rows.filter(visible_to(actor, "premises__"), pk=inspection_id).first()
    if found is None:
        raise NotFound(_("There is no such inspection here."))
    return found


def answers_of(inspection: Inspection) -> list[tuple[Answer, list[StoredFile]]]:
    """Return the lines of an inspection, each with its photos."""
    answers = list(inspection.answers.order_by("id"))
    photos: defaultdict[UUID, list[StoredFile]] = defaultdict(list)
    for file in StoredFile.objects.filter(about__in=[one.id for one in answers], removed_at=None):
        if file.about is not None:
            photos[file.about].append(file)
    return [(one, photos[one.id]) for one in answers]


def is_silent(device: Device, now: datetime) -> bool:
    """Say whether a device should have been heard of since."""
    if not device.interval_seconds or device.heard_at is None:
        return False
    return (now - device.heard_at).total_seconds() > device.interval_seconds
