"""Contacts: sealed, shown masked, opened with a reason that is kept, erased for good."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.crypto import seal, text_hash
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.kernel.ids import new_id
from linli.premises.actions.step import locked, open_one, tell
from linli.premises.choices import ContactPart, Happened
from linli.premises.models import Contact, Premises, WhyOpened
from linli.premises.policy import may_reveal, permit_keep
from linli.premises.sealed import opened

MOST = 20
SHORTEST_REASON = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactData:
    """Somebody to call; name and phone are personal."""

    part: str
    name: str
    phone: str
    job: str = ""
    position: int = 1


def sealed_contact(place: Premises, data: ContactData) -> Contact:
    """Return an unsaved contact with its personal data sealed."""
    key = new_id()
    personal = seal({"name": data.name.strip(), "phone": data.phone.strip()}, key.bytes)
    return Contact(
        id=key, premises=place, part=data.part, job=data.job.strip(), position=data.position,
        personal=personal,
    )  # fmt: skip


@transaction.atomic
def add_contact(premises_id: UUID, data: ContactData, *, actor: Actor, at: datetime) -> Contact:
    """Write down whom to call."""
    place = open_one(premises_id, actor)
    permit_keep(actor, place.area_id)
    _check(data)
    if Contact.objects.filter(premises=place, erased_at=None).count() >= MOST:
        raise IllegalMove(_("This place has 20 contacts already."), _("Erase those that left."))
    contact = sealed_contact(place, data)
    contact.save(force_insert=True)
    facts = {"contact": str(contact.id), "part": contact.part}
    tell(place, Happened.CONTACT, actor=actor, at=at, facts=facts)
    return contact


@transaction.atomic
def reveal_contact(contact_id: UUID, *, reason: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return a contact's name and phone to somebody who says why; the opening is recorded."""
    contact = _contact(contact_id)
    place = locked(contact.premises_id, actor)
    if not may_reveal(actor, place):
        raise NotPermitted(_("Contacts are opened by whoever works for the area or the place."))
    why = reason.strip()
    if len(why) < SHORTEST_REASON:
        raise Invalid(_("A reason is missing."), {"reason": _("Please write why you need it.")})
    kept = WhyOpened(premises=place, text=why[:500])
    kept.save(force_insert=True)
    facts = {
        "contact": str(contact.id), "reason_id": str(kept.id),
        "reason": text_hash(kept.text, kept.id.bytes),
    }  # fmt: skip
    record("premises", place.id, "premises.reveal", actor=actor.user_id, at=at, facts=facts)
    return opened(contact)


@transaction.atomic
def erase_contact(contact_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Destroy a contact's personal data for good: the person left."""
    contact = _contact(contact_id)
    place = locked(contact.premises_id, actor)
    permit_keep(actor, place.area_id)
    contact.personal, contact.erased_at = b"", at
    contact.save(update_fields=["personal", "erased_at"])
    tell(place, Happened.CONTACT, actor=actor, at=at, facts={"erased": str(contact.id)})


def _contact(contact_id: UUID) -> Contact:
    contact = Contact.objects.filter(pk=contact_id, erased_at=None).first()
    if contact is None:
        raise NotFound(_("There is no such contact here."))
    return contact


def _check(data: ContactData) -> None:
    wrong: dict[str, str] = {}
    if data.part not in ContactPart.values:
        wrong["part"] = _("Choose from the list.")
    if not data.name.strip():
        wrong["name"] = _("Please write the name.")
    if not data.phone.strip():
        wrong["phone"] = _("Please write the phone number.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
