"""Move or cancel a session that was planned; nothing of the path changes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound
from linli.mediation.actions.plan import book, check_times
from linli.mediation.actions.step import held
from linli.mediation.choices import SessionState
from linli.mediation.models import Mediation, Session, SessionSeat
from linli.mediation.policy import permit


@transaction.atomic
def move_session(
    mediation_id: UUID,
    session_id: UUID,
    *,
    begins: datetime,
    ends: datetime,
    actor: Actor,
    at: datetime,
) -> Session:
    """Put a planned session at another time."""
    mediation, session = planned(mediation_id, session_id, actor)
    check_times(begins, ends)
    seats = list(SessionSeat.objects.filter(session=session))
    SessionSeat.objects.filter(session=session).delete()
    session.during = (begins, ends)
    again = [
        SessionSeat(
            mediation=mediation, session=session, user_id=seat.user_id, during=(begins, ends)
        )
        for seat in seats
    ]
    book(session, again)
    _record("move_session", mediation, session, actor, at)
    return session


@transaction.atomic
def cancel_session(mediation_id: UUID, session_id: UUID, *, actor: Actor, at: datetime) -> Session:
    """Cancel a planned session; room and mediators are free again."""
    mediation, session = planned(mediation_id, session_id, actor)
    SessionSeat.objects.filter(session=session).delete()
    session.state = SessionState.CANCELLED
    session.save(update_fields=["state"])
    _record("cancel_session", mediation, session, actor, at)
    return session


def planned(mediation_id: UUID, session_id: UUID, actor: Actor) -> tuple[Mediation, Session]:
    """Return the mediation, locked, and its planned session."""
    mediation = held(mediation_id, actor)
    permit("plan", actor, mediation)
    session = Session.objects.filter(mediation=mediation, pk=session_id).first()
    if session is None:
        raise NotFound(_("There is no such session here."))
    if session.state != SessionState.PLANNED:
        raise IllegalMove(_("This session was held or cancelled already."))
    return mediation, session


def _record(event: str, mediation: Mediation, session: Session, actor: Actor, at: datetime) -> None:
    facts = {"session": str(session.id), "from": session.times[0].isoformat()}
    record("mediation", mediation.id, f"mediation.{event}", actor=actor.user_id, at=at, facts=facts)
