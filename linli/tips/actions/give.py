"""Give a tip, and add to it with the receipt. Who gives can't read it afterwards."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.kernel.crypto import seal
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.ids import new_id
from linli.tips.choices import MessageKind, TipState
from linli.tips.models import Tip, TipMessage
from linli.tips.policy import permit_taking_in
from linli.tips.queries import desk_for, held_with
from linli.tips.receipts import hash_of, new_code

LONGEST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class TipData:
    """What was told. ``area`` is a code; ``place``, ``name`` and ``phone`` may be empty."""

    kind: str
    text: str
    area: str
    place: str = ""
    name: str = ""
    phone: str = ""


@transaction.atomic
def give_tip(data: TipData, *, actor: Actor | None, at: datetime) -> str:
    """Seal a tip for the unit that reads such tips; return the code for its giver.

    ``actor`` is the person at a desk who writes it down for somebody, or None for a resident who
    writes it themselves. Neither their address nor anything else about the sender is kept. For a
    resident, call it under a scope without areas and units.
    """
    if actor is not None:
        permit_taking_in(actor)
    text = _checked(data.text, "text")
    desk = desk_for(data.kind, find_area(data.area).code)
    if desk is None:
        reason = _("Nobody reads such tips from this area yet. Call the police instead.")
        raise Invalid(reason, {"kind": reason})
    code, key = new_code(), new_id()
    body = {"text": text, "place": data.place.strip()[:120], "area": data.area}
    contact = {"name": data.name.strip()[:60], "phone": data.phone.strip()[:30]}
    tip = Tip(
        id=key, unit_id=desk.unit_id, kind=data.kind, given_at=at, kept_days=desk.kept_days,
        body=seal(body, key.bytes),
        contact=seal(contact, key.bytes) if any(contact.values()) else None,
        receipt=hash_of(code),
    )  # fmt: skip
    tip.save(force_insert=True)
    record("tip", key, "tip.give", actor=actor.user_id if actor else None, at=at)
    return code


@transaction.atomic
def add_to_tip(code: str, *, text: str, at: datetime) -> None:
    """Let the holder of a receipt add something."""
    text = _checked(text, "text")
    held = held_with(code)
    if held is None:
        raise NotFound(_("No tip belongs to this code."))
    if held.state == TipState.DONE:
        raise IllegalMove(_("This tip is closed."), _("Give a new one."))
    key = new_id()
    TipMessage(
        id=key, tip_id=held.tip, kind=MessageKind.ADDITION, at=at, text=seal(text, key.bytes)
    ).save(force_insert=True)  # fmt: skip
    record("tip", held.tip, "tip.add", actor=None, at=at)


def _checked(text: str, field: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST:
        reason = _("Write from 1 to 5,000 characters.")
        raise Invalid(reason, {field: reason})
    return text
