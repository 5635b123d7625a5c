"""The record of a session: saved while it is written, by one hand after the other, then closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Stale
from linli.mediation import lifecycle
from linli.mediation.choices import SessionState
from linli.mediation.models import Mediation, RecordVersion, Session
from linli.mediation.policy import permit, visible_to

LONGEST = 40_000
# Saves of one hand within this time are one version.
_TOGETHER = timedelta(minutes=1)


class Overtaken(Stale):
    """Somebody else saved meanwhile. ``text`` and ``version`` are what stands there now."""

    def __init__(self, text: str, version: int, who: str) -> None:
        super().__init__(
            _("Meanwhile %(who)s wrote in this record.") % {"who": who},
            _("Both texts are shown: put them together and save."),
        )
        self.text, self.version = text, version


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to."""

    version: int
    saved_at: datetime


@transaction.atomic
def save_record(
    mediation_id: UUID,
    session_id: UUID,
    *,
    text: str,
    seen: int,
    actor: Actor,
    at: datetime,
    joint_statement: str | None = None,
) -> Saved:
    """Save the text typed on version ``seen``; raises :class:`Overtaken` where another stands there.

    A save is no step of the path: versions tell who wrote what; the closing is on record.
    """
    mediation, session = _writable(mediation_id, session_id, actor)
    if len(text) > LONGEST:
        raise Invalid(_("The record is too long."), {"record": _("At most 40,000 characters.")})
    if session.record == text and joint_statement in (None, session.joint_statement):
        return Saved(session.version, at)
    newest = _newest(session)
    if seen != session.version:
        raise Overtaken(session.record, session.version, newest.saved_by.name if newest else "")
    session.version += 1
    session.record = text
    if joint_statement is not None:
        session.joint_statement = joint_statement
    session.save(update_fields=["record", "version", "joint_statement"])
    _keep(mediation, session, newest, actor, at)
    return Saved(session.version, at)


@transaction.atomic
def close_record(mediation_id: UUID, session_id: UUID, *, actor: Actor, at: datetime) -> Session:
    """Close a record: from now on it is what the people at the table sign."""
    mediation, session = _writable(mediation_id, session_id, actor)
    if not session.record.strip():
        raise Invalid(_("The record is empty."), {"record": _("Write down what was said.")})
    session.closed_at = at
    session.save(update_fields=["closed_at"])
    facts = {
        "session": str(session.id),
        "version": session.version,
        "text": text_hash(session.record, session.id.bytes),
    }
    record(
        "mediation", mediation.id, "mediation.close_record", actor=actor.user_id, at=at, facts=facts
    )
    return session


def _writable(mediation_id: UUID, session_id: UUID, actor: Actor) -> tuple[Mediation, Session]:
    mediation = Mediation.objects.filter(visible_to(actor), pk=mediation_id).first()
    session = (
        Session.objects.select_for_update(of=("self",))
        .filter(mediation_id=mediation_id, pk=session_id)
        .first()
    )
    if mediation is None or session is None:
        raise NotFound(_("There is no such session here."))
    permit("hold", actor, mediation)
    if session.state != SessionState.HELD:
        raise IllegalMove(_("The record is written when the session is held."))
    if session.closed_at is not None or mediation.state == lifecycle.ARCHIVED:
        raise IllegalMove(_("This record is closed."))
    return mediation, session


def _newest(session: Session) -> RecordVersion | None:
    found = RecordVersion.objects.filter(session=session).select_related("saved_by")
    return found.order_by("-version").first()


def _keep(
    mediation: Mediation, session: Session, newest: RecordVersion | None, actor: Actor, at: datetime
) -> None:
    same = newest is not None and newest.saved_by_id == actor.user_id
    if newest is not None and same and at - newest.saved_at < _TOGETHER:
        newest.version, newest.text = session.version, session.record
        newest.save(update_fields=["version", "text"])
        return
    RecordVersion.objects.create(
        mediation=mediation, session=session, version=session.version, text=session.record,
        saved_at=at, saved_by_id=cast("UUID", actor.user_id),
    )  # fmt: skip
