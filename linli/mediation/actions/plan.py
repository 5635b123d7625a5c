"""Plan: a session at a time and a place, with its mediators and whoever is invited (Act art. 22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Room
from linli.kernel.errors import Invalid, NotFound
from linli.mediation.actions.step import begin, finish
from linli.mediation.choices import SessionState
from linli.mediation.models import Attendance, Mediation, Session, SessionSeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When and where a session is: in a ``room`` of the committee's unit, or at a ``place``.

    ``invited`` are participants, told in the way ``way`` (empty: not told yet).
    """

    begins: datetime
    ends: datetime
    room: UUID | None = None
    place: str = ""
    joint: bool = True
    invited: Sequence[UUID] = ()
    way: str = ""


@transaction.atomic
def plan_session(
    mediation_id: UUID, meeting: Meeting, *, actor: Actor, at: datetime, seen: int | None = None
) -> Session:
    """Plan a session; a room or a mediator that is taken then is refused, also in a race."""
    mediation = begin("plan", mediation_id, actor, seen=seen)
    _check(meeting)
    session = place_session(mediation, meeting, SessionState.PLANNED, at)
    facts = {"session": str(session.id), "on": timezone.localdate(meeting.begins).isoformat()}
    finish(mediation, "plan", by=actor.user_id, at=at, facts=facts)
    return session


def place_session(mediation: Mediation, meeting: Meeting, state: str, at: datetime) -> Session:
    """Write a session with its seats and invitations; the database keeps rooms and people free."""
    last = Session.objects.filter(mediation=mediation).aggregate(last=Max("turn"))["last"] or 0
    session = Session(
        mediation=mediation, turn=last + 1, state=state, room=_room(mediation, meeting.room),
        place=meeting.place.strip(), joint=meeting.joint, during=(meeting.begins, meeting.ends),
    )  # fmt: skip
    seats = [
        SessionSeat(
            mediation=mediation, session=session, user_id=seat.user_id, during=session.during
        )
        for seat in mediation.seated
    ]
    book(session, seats)
    there = mediation.participants.filter(pk__in=list(meeting.invited), left_on=None)
    Attendance.objects.bulk_create(
        Attendance(
            mediation=mediation, session=session, participant=one, way=meeting.way,
            invited_at=at if meeting.way else None,
        )
        for one in there
    )  # fmt: skip
    return session


def book(session: Session, seats: Sequence[SessionSeat]) -> None:
    """Save a session and its seats; raises :class:`Invalid` where room or mediator is taken."""
    try:
        with transaction.atomic():
            session.save()
            SessionSeat.objects.bulk_create(seats)
    except IntegrityError as clash:
        raise _taken(str(clash)) from clash


def check_times(begins: datetime, ends: datetime) -> None:
    """Raise :class:`Invalid` unless a session ends after it begins, on the same day."""
    if not begins < ends or timezone.localdate(begins) != timezone.localdate(ends):
        said = _("A session ends after it begins, on the same day.")
        raise Invalid(said, {"ends": said})


def _check(meeting: Meeting) -> None:
    check_times(meeting.begins, meeting.ends)
    if meeting.room is None and not meeting.place.strip():
        raise Invalid(_("The place is missing."), {"place": _("Choose a room or write a place.")})


def _room(mediation: Mediation, room: UUID | None) -> Room | None:
    if room is None:
        return None
    found = Room.objects.filter(pk=room, unit=mediation.committee.unit_id).first()
    if found is None:
        raise NotFound(_("There is no such room here."))
    return found


def _taken(clash: str) -> Invalid:
    if "session_room_free" in clash:
        return Invalid(
            _("The room is taken at that time."), {"room": _("Choose another room or time.")}
        )
    return Invalid(
        _("The mediator holds another session at that time."), {"begins": _("Choose another time.")}
    )
