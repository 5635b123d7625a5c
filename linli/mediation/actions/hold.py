"""Hold: a session takes place, planned or on the spot; who came is written down (Act arts. 20–22)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.working_days import local_date
from linli.mediation.actions.move_session import planned
from linli.mediation.actions.plan import Meeting, check_times, place_session
from linli.mediation.actions.step import article_hint, begin, finish
from linli.mediation.choices import SessionState
from linli.mediation.models import Attendance, Mediation, Session


@transaction.atomic
def hold_session(
    mediation_id: UUID,
    *,
    came: Sequence[UUID],
    actor: Actor,
    at: datetime,
    session: UUID | None = None,
    meeting: Meeting | None = None,
    seen: int | None = None,
) -> Session:
    """Open a planned ``session``, or one on the spot (``meeting``), with the people who ``came``."""
    mediation = begin("hold", mediation_id, actor, seen=seen)
    if not mediation.seated:
        raise IllegalMove(_("Nobody is named as mediator yet."), article_hint("19"))
    if session is not None:
        _mediation, row = planned(mediation_id, session, actor)
        if local_date(row.times[0]) > local_date(at):
            raise IllegalMove(_("This session is planned for another day."), _("Move it first."))
    elif meeting is not None:
        check_times(meeting.begins, meeting.ends)
        row = place_session(mediation, meeting, SessionState.PLANNED, at)
    else:
        raise Invalid(_("Which session?"), {"session": _("Choose the session.")})
    row.state, row.held_at = SessionState.HELD, at
    row.save(update_fields=["state", "held_at"])
    present = _attend(mediation, row, came)
    facts = {"session": str(row.id), "turn": row.turn, "present": present}
    finish(mediation, "hold", by=actor.user_id, at=at, facts=facts)
    return row


def _attend(mediation: Mediation, session: Session, came: Sequence[UUID]) -> int:
    """Write down who came; whoever was invited and did not stays written as absent."""
    there = set(mediation.participants.filter(pk__in=list(came)).values_list("pk", flat=True))
    if not there:
        raise Invalid(_("Nobody came?"), {"came": _("Tick who came.")})
    Attendance.objects.filter(session=session).update(came=False)
    Attendance.objects.bulk_create(
        [
            Attendance(mediation=mediation, session=session, participant_id=one, came=True)
            for one in there
        ],
        update_conflicts=True, unique_fields=["session", "participant"], update_fields=["came"],
    )  # fmt: skip
    return len(there)
