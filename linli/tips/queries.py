"""Reads of tips: for the unit they are meant for, and for whoever holds the receipt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.codes import above
from linli.kernel.crypto import unseal
from linli.kernel.errors import NotFound
from linli.tips.choices import MessageKind, TipKind, TipState
from linli.tips.models import Tip, TipDesk, TipMessage
from linli.tips.policy import visible_to
from linli.tips.receipts import hashes_of

LISTED = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A tip as its readers see it; ``name`` and ``phone`` are empty when it came without."""

    tip: Tip
    text: str
    area: str
    place: str
    name: str
    phone: str
    messages: list[tuple[TipMessage, str]]


@dataclass(frozen=True, slots=True)
class Held:
    """What a receipt opens: the state, and what was written since; additions are told without text."""

    tip: UUID
    state: str
    given_at: datetime
    messages: list[tuple[str, datetime, str]]


def tips_of(actor: Actor) -> QuerySet[Tip]:
    """Return the tips of the actor's units, unread and open ones first, with the last addition."""
    last = Max("messages__at", filter=Q(messages__kind=MessageKind.ADDITION))
    found = Tip.objects.filter(visible_to(actor)).annotate(added_at=last)
    order = ["done_at", "-given_at", "-id"]
    return found.select_related("unit").defer("body", "contact").order_by(*order)


def waiting(actor: Actor) -> int:
    """Return how many tips nobody of the actor's units has read."""
    return Tip.objects.filter(visible_to(actor), state=TipState.NEW).count()


def reads_tips(actor: Actor) -> bool:
    """Say whether one of the actor's units is meant to read tips."""
    return TipDesk.objects.filter(unit__in=actor.units).exists() or (
        Tip.objects.filter(visible_to(actor)).exists()
    )


def tip_for(actor: Actor, tip_id: UUID, *, lock: bool = False) -> Tip:
    """Return a tip of one of the actor's units; raises :class:`NotFound` for any other."""
    found = Tip.objects.filter(visible_to(actor), pk=tip_id)
    tip = (found.select_for_update(of=("self",)) if lock else found).first()
    if tip is None:
        raise NotFound(_("There is no such tip here."))
    return tip


def opened(tip: Tip) -> Opened:
    """Return a tip's texts. Call it only where the opening is written down."""
    body: dict[str, Any] = unseal(bytes(tip.body), tip.pk.bytes)
    contact: dict[str, str] = unseal(bytes(tip.contact), tip.pk.bytes) if tip.contact else {}
    messages = list(tip.messages.select_related("by"))
    return Opened(
        tip, body["text"], body["area"], body["place"], contact.get("name", ""), contact.get("phone", ""),
        [(one, str(unseal(bytes(one.text), one.pk.bytes))) for one in messages],
    )  # fmt: skip


def desk_for(kind: str, area: str) -> TipDesk | None:
    """Return who reads tips of ``kind`` from ``area``: the desk of the nearest area, still open."""
    found = TipDesk.objects.filter(kind=kind, area__in=above(area), unit__closed_on=None)
    return found.order_by("-area").first()


def kinds_taken() -> list[tuple[str, Any]]:
    """Return the kinds somebody reads somewhere, as choices."""
    taken = set(TipDesk.objects.filter(unit__closed_on=None).values_list("kind", flat=True))
    return [(kind.value, kind.label) for kind in TipKind if kind.value in taken]


def held_with(code: str) -> Held | None:
    """Return what the receipt ``code`` opens, or None."""
    with connection.cursor() as cursor:
        for digest in hashes_of(code):
            cursor.execute("SELECT tip, state, given_at FROM tips_of_receipt(%s)", [digest])
            if row := cursor.fetchone():
                cursor.execute("SELECT id, kind, at, text FROM tips_answers(%s)", [digest])
                tip, state, given_at = row
                return Held(tip, state, given_at, [_told(*one) for one in cursor.fetchall()])
    return None


def _told(key: UUID, kind: str, at: datetime, text: bytes | None) -> tuple[str, datetime, str]:
    return kind, at, str(unseal(bytes(text), key.bytes)) if text else ""
