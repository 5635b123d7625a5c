"""What the unit does with a tip: open, answer, note, finish, take up again, pass on as a case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.crypto import seal
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.tips.choices import MessageKind, TipState
from linli.tips.models import Tip, TipMessage, TipOpening
from linli.tips.queries import Opened, opened, tip_for

LONGEST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """The matter a tip becomes, in words of the unit's own. ``area`` is a code."""

    kind: str
    title: str
    description: str
    area: str


class Registering(Protocol):
    """How a case is made: named by ``settings.LINLI_TIP_TO_CASE``, for cases stand above tips."""

    def __call__(self, *, kind: str, title: str, description: str, area: str, at: datetime) -> str:
        """Register it at the area's lowest desk and return its number."""


@transaction.atomic
def open_tip(tip_id: UUID, *, actor: Actor, at: datetime) -> Opened:
    """Return a tip's texts; that they were opened is written down twice, here and in the log."""
    if actor.user_id is None:
        raise NotPermitted(_("Only a person opens a tip."))
    tip = tip_for(actor, tip_id, lock=True)
    TipOpening(tip=tip, at=at, by_id=actor.user_id).save(force_insert=True)
    if tip.state == TipState.NEW:
        tip.state = TipState.READ
        tip.save(update_fields=["state"])
    record("tip", tip.pk, "tip.open", actor=actor.user_id, at=at)
    return opened(tip)


@transaction.atomic
def answer_tip(tip_id: UUID, *, text: str, actor: Actor, at: datetime) -> None:
    """Write to the giver, who reads it with the receipt."""
    _write(tip_for(actor, tip_id, lock=True), MessageKind.ANSWER, text, actor, at)


@transaction.atomic
def note_tip(tip_id: UUID, *, text: str, actor: Actor, at: datetime) -> None:
    """Write down for the unit's people what was done."""
    _write(tip_for(actor, tip_id, lock=True), MessageKind.NOTE, text, actor, at)


@transaction.atomic
def finish_tip(tip_id: UUID, *, actor: Actor, at: datetime) -> Tip:
    """Mark a tip done: it and all that was written is destroyed after the days its desk keeps it."""
    tip = tip_for(actor, tip_id, lock=True)
    if tip.state == TipState.DONE:
        raise IllegalMove(_("This tip is done already."))
    tip.state, tip.done_at = TipState.DONE, at
    tip.erase_on = local_date(at) + timedelta(days=tip.kept_days)
    tip.save(update_fields=["state", "done_at", "erase_on"])
    record("tip", tip.pk, "tip.finish", actor=actor.user_id, at=at)
    return tip


@transaction.atomic
def reopen_tip(tip_id: UUID, *, actor: Actor, at: datetime) -> Tip:
    """Take a tip up again."""
    tip = tip_for(actor, tip_id, lock=True)
    if tip.state != TipState.DONE:
        raise IllegalMove(_("This tip is not done."))
    tip.state, tip.done_at, tip.erase_on = TipState.READ, None, None
    tip.save(update_fields=["state", "done_at", "erase_on"])
    record("tip", tip.pk, "tip.reopen", actor=actor.user_id, at=at)
    return tip


@transaction.atomic
def pass_on_tip(tip_id: UUID, new: NewCase, *, actor: Actor, at: datetime) -> str:
    """Register a case in the unit's own words and return its number.

    Nothing of the tip goes along, neither text nor giver, and nothing in the case points back; only
    the unit's own note says which case it became. The case is taken in by Linli itself.
    """
    tip = tip_for(actor, tip_id, lock=True)
    register = cast("Registering", import_string(settings.LINLI_TIP_TO_CASE))
    number = register(
        kind=new.kind, title=new.title, description=new.description, area=new.area, at=at
    )
    _write(
        tip, MessageKind.NOTE, _("Passed on as case %(number)s.") % {"number": number}, actor, at
    )
    return number


def _write(tip: Tip, kind: str, text: str, actor: Actor, at: datetime) -> None:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST:
        reason = _("Write from 1 to 5,000 characters.")
        raise Invalid(reason, {"text": reason})
    if tip.state == TipState.DONE:
        raise IllegalMove(_("This tip is done already."), _("Take it up again first."))
    key = new_id()
    TipMessage(
        id=key, tip=tip, kind=kind, at=at, by_id=actor.user_id, text=seal(text, key.bytes)
    ).save(force_insert=True)  # fmt: skip
    record("tip", tip.pk, f"tip.{kind}", actor=actor.user_id, at=at)
