"""The sessions of a week: those of one's committees by day, and what is booked in their rooms."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.accounts.actor import Actor
from linli.areas.models import Room
from linli.mediation.choices import SessionState
from linli.mediation.models import Mediation, Session, SessionSeat
from linli.mediation.policy import MEDIATORS, visible_to
from linli.mediation.queries.day import of_committees

_WEEK = re.compile(r"(20\d\d)-W(\d\d)")
_DAYS = 7
# Most of anything one week lists; a calendar program is given as many of one's own.
MOST = 500
# A calendar program keeps what is over for so long.
_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Slot:
    """One session: ``mine`` where the actor, or somebody they stand in for, holds it."""

    id: UUID
    mediation: UUID
    title: str
    number: str
    begins: datetime
    ends: datetime
    room: UUID | None
    place: str
    mediators: str
    state: str
    mine: bool

    @property
    def day(self) -> date:
        """The day of it; no session goes over midnight."""
        return timezone.localdate(self.begins)

    @property
    def was_held(self) -> bool:
        """Say whether it is over and has its record."""
        return self.state == SessionState.HELD


@dataclass(frozen=True, slots=True)
class Booked:
    """A room with what is booked in it, day by day of a week."""

    name: str
    unit: str
    days: list[tuple[date, list[Slot]]]


def week_of(text: str, today: date) -> date:
    """Return the Monday of an ISO week such as 2026-W11; that of today for anything else."""
    found = _WEEK.fullmatch(text)
    try:
        if found:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        pass
    return today - timedelta(days=today.weekday())


def name_of(monday: date) -> str:
    """Return the ISO week of a day as an address names it: 2026-W11."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def days_of(monday: date) -> list[date]:
    """Return the seven days of a week."""
    return [monday + timedelta(days=i) for i in range(_DAYS)]


def sessions_in(actor: Actor, monday: date) -> list[Slot]:
    """Return the sessions of the actor's committees in a week, and their own, as they begin."""
    begins = timezone.make_aware(datetime.combine(monday, time.min))
    seats = SessionSeat.objects.filter(session=OuterRef("pk"))
    own = Exists(seats.filter(user__in=_selves(actor)))
    found = _of_week(actor, begins).filter(Q(mediation__in=_mediations(actor)) | Q(own))
    rows = found.select_related("mediation__case", "room").prefetch_related("seats__user")
    return [_slot(row, actor) for row in rows.order_by("during__startswith", "id")[:MOST]]


def booked(actor: Actor, monday: date, slots: list[Slot]) -> list[Booked]:
    """Return the rooms of the actor's committees, by name, with the ``slots`` that are in them."""
    units = [role.unit for role in actor.roles if role.kind in MEDIATORS and role.unit]
    by_room: dict[tuple[UUID | None, date], list[Slot]] = defaultdict(list)
    for slot in slots:
        by_room[slot.room, slot.day].append(slot)
    rooms = Room.objects.filter(unit__in=units, unit__mediation_committee__isnull=False)
    return [
        Booked(room.name, room.unit.name, [(day, by_room[room.id, day]) for day in days_of(monday)])
        for room in rooms.select_related("unit").order_by("unit__name", "name", "id")
    ]


def own_sessions(actor: Actor, at: datetime) -> list[Session]:
    """Return the sessions the actor holds, planned or held, from a month ago on."""
    seats = SessionSeat.objects.filter(user=actor.user_id, during__endswith__gte=at - _KEPT)
    found = Session.objects.filter(visible_to(actor, "mediation__"), pk__in=seats.values("session"))
    rows = found.exclude(state=SessionState.CANCELLED).select_related("mediation__case", "room")
    return list(rows.order_by("during__startswith", "id")[:MOST])


def _of_week(actor: Actor, begins: datetime) -> QuerySet[Session]:
    ends = timezone.make_aware(
        datetime.combine(timezone.localdate(begins) + timedelta(days=_DAYS), time.min)
    )
    there = Session.objects.filter(
        visible_to(actor, "mediation__"), during__startswith__gte=begins,
        during__startswith__lt=ends,
    )  # fmt: skip
    return there.exclude(state=SessionState.CANCELLED)


def _mediations(actor: Actor) -> QuerySet[Mediation]:
    return Mediation.objects.filter(of_committees(actor))


def _selves(actor: Actor) -> list[UUID | None]:
    return [actor.user_id, *actor.stands_in_for]


def _slot(row: Session, actor: Actor) -> Slot:
    begins, ends = row.times
    seats = list(row.seats.all())
    selves = _selves(actor)
    return Slot(
        id=row.id, mediation=row.mediation_id, title=row.mediation.case.title,
        number=row.mediation.case.number, begins=begins, ends=ends, room=row.room_id,
        place=row.room.name if row.room else row.place,
        mediators="、".join(seat.user.name for seat in seats), state=row.state,
        mine=any(seat.user_id in selves for seat in seats),
    )  # fmt: skip
