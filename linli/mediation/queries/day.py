"""What is due in mediations: a mediator's day, and what the morning's notices tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.accounts.actor import Actor
from linli.mediation import lifecycle
from linli.mediation.choices import SessionState
from linli.mediation.models import FollowUp, Mediation, Obligation, Seat, Session
from linli.mediation.policy import MEDIATORS
from linli.mediation.queries.confirmation import DAYS, may_ask_until

# A day shows what comes within a week, and payments and terms that end within three days.
AHEAD = timedelta(days=7)
NEAR = timedelta(days=3)
# Most of anything one page lists.
MOST = 50
# A last day that is a rest day moves on; no row of rest days is longer.
_REST = timedelta(days=12)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing due: ``kind`` session, payment, act, window, follow_up, term or answer.

    ``key`` names the row it comes from; ``at`` is when a session begins, ``place`` where.
    """

    kind: str
    day: date
    mediation: UUID
    title: str
    number: str
    key: UUID
    at: datetime | None = None
    place: str = ""


def mine(actor: Actor) -> Q:
    """Return the filter for the mediations a person mediates, or somebody they stand in for.

    Where nobody is named yet, it is everybody's of the committee.
    """
    seats = Seat.objects.filter(mediation=OuterRef("pk"), until=None)
    own = seats.filter(user__in=[actor.user_id, *actor.stands_in_for])
    return Q(Exists(own)) | (of_committees(actor) & ~Q(Exists(seats)))


def of_committees(actor: Actor) -> Q:
    """Return the filter for the mediations of the committees a person mediates in or directs."""
    units = [role.unit for role in actor.roles if role.kind in MEDIATORS and role.unit]
    return Q(committee__unit__in=units)


def due(whose: Q, today: date) -> list[Item]:
    """Return what is due of ``whose`` mediations, by day; what is late comes first."""
    found = [
        *sessions(whose, today),
        *payments(whose, today),
        *windows(whose, today),
        *follow_ups(whose, today),
        *terms(whose, today),
        *answers(whose, today),
    ]
    first = time.min
    return sorted(found, key=lambda one: (one.day, _clock(one.at) if one.at else first, one.key))


def sessions(whose: Q, today: date) -> Iterator[Item]:
    """Yield the sessions of today and the week."""
    begins = timezone.make_aware(datetime.combine(today, time.min))
    planned = Session.objects.filter(
        mediation__in=_of(whose), state=SessionState.PLANNED,
        during__startswith__gte=begins, during__startswith__lt=begins + AHEAD,
    )  # fmt: skip
    for row in planned.select_related("mediation__case", "room")[:MOST]:
        start = row.times[0]
        place = row.room.name if row.room else row.place
        yield replace(
            _item("session", timezone.localdate(start), row.mediation, row.id),
            at=start, place=place,
        )  # fmt: skip


def payments(whose: Q, today: date, most: int | None = MOST) -> Iterator[Item]:
    """Yield what is open under agreements: late, or due within three days."""
    open_ = Obligation.objects.filter(
        mediation__in=_of(whose), agreement__state="effective", settled_on=None, ended_on=None,
        due_on__lte=today + NEAR,
    ).exclude(breach_step__in=["enforce", "sue"])  # fmt: skip
    for row in open_.select_related("mediation__case").order_by("due_on")[:most]:
        kind = "payment" if row.amount is not None else "act"
        yield _item(kind, row.due_on, row.mediation, row.id)


def windows(whose: Q, today: date, most: int | None = MOST) -> Iterator[Item]:
    """Yield the agreements whose time for judicial confirmation ends within a week."""
    since = today - timedelta(days=DAYS) - _REST
    until = today - timedelta(days=DAYS) + AHEAD
    found = _of(whose).filter(
        state__in=sorted(lifecycle.IN_EFFECT),
        agreements__state="effective",
        agreements__effective_on__range=(since, until),
    )
    for row in found.select_related("case").distinct()[:most]:
        day = may_ask_until(row)
        if day is not None and today <= day <= today + AHEAD:
            yield _item("window", day, row, row.id)


def follow_ups(whose: Q, today: date) -> Iterator[Item]:
    """Yield the follow-ups that are late or due within a week."""
    open_ = FollowUp.objects.filter(
        mediation__in=_of(whose), mediation__state__in=sorted(lifecycle.IN_EFFECT),
        done_at=None, due_on__lte=today + AHEAD,
    )  # fmt: skip
    for row in open_.select_related("mediation__case").order_by("due_on", "turn")[:MOST]:
        yield _item("follow_up", row.due_on, row.mediation, row.id)


def terms(whose: Q, today: date) -> Iterator[Item]:
    """Yield the mediations to be ended within three days, or that should have been."""
    found = _of(whose).filter(
        state__in=sorted(lifecycle.UNDER_WAY), due_on__lte=today + NEAR
    )  # fmt: skip
    for row in found.select_related("case").order_by("due_on")[:MOST]:
        if row.due_on is not None:
            yield _item("term", row.due_on, row, row.id)


def answers(whose: Q, today: date, most: int | None = MOST) -> Iterator[Item]:
    """Yield the answers owed to referring bodies within three days, or late."""
    found = _of(whose).filter(answered_on=None, answer_due_on__lte=today + NEAR)
    for row in found.select_related("case").order_by("answer_due_on")[:most]:
        if row.answer_due_on is not None:
            yield _item("answer", row.answer_due_on, row, row.id)


def _of(whose: Q) -> QuerySet[Mediation]:
    return Mediation.objects.filter(whose)


def _item(kind: str, day: date, row: Mediation, key: UUID) -> Item:
    return Item(kind, day, row.id, row.case.title, row.case.number, key)


def _clock(at: datetime) -> time:
    return timezone.localtime(at).time()
