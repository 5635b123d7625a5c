"""Who could mediate: by place, field, load, leave and what was done of that type so far.

Counts say what somebody did, never how good they are; the order is one that can be said in words
(see the help of the seat's form), and nobody is left out of it: the parties may choose any member.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Count, Q, QuerySet, Value, When

from linli.accounts.models import Leave, User
from linli.areas.codes import above
from linli.cases.models import Case
from linli.mediation import lifecycle
from linli.mediation.models import Committee, Mediation, Mediator, Seat
from linli.mediation.queries.seating import answers, members, refused

# How many open mediations somebody takes at once of whom the committee has written nothing down.
MOST = Mediator._meta.get_field("most").default


@dataclass(frozen=True, slots=True)
class Load:
    """Open mediations of a person, and of one type: those brought to an end, those with an agreement."""

    in_hand: int = 0
    mediated: int = 0
    agreed: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A member of the committee, and what speaks for and against naming them now."""

    user: User
    in_hand: int
    most: int
    mediated: int
    agreed: int
    knows_type: bool
    full_time: bool
    languages: tuple[str, ...]
    away_until: date | None
    has_conflict: bool
    is_refused: bool

    @property
    def is_free(self) -> bool:
        """Say whether nothing speaks against it."""
        away = self.away_until is not None
        return not (away or self.has_conflict or self.is_refused or self.in_hand >= self.most)


def types_of(case: Case) -> list[str]:
    """Return the code of the case's type and of the one it lies under."""
    category = case.category
    return [code for code in (category.code, category.parent_id) if code] if category else []


def committees_for(case: Case) -> QuerySet[Committee]:
    """Return the committees of the case's place and of those above it.

    First those set up for its type, then those for any, then those for others; the nearest first.
    """
    fits = Choice(
        When(specialities__overlap=types_of(case), then=Value(0)),
        When(specialities=[], then=Value(1)),
        default=Value(2),
    )
    return (
        Committee.objects.filter(unit__closed_on=None, unit__area__in=above(case.area_id))
        .select_related("unit")
        .alias(fits=fits)
        .order_by("fits", "-unit__area_id", "name")
    )


def first_choice(case: Case, found: Sequence[Committee]) -> Committee | None:
    """Return the committee to propose of :func:`committees_for`: one set up for the case's type, else
    the one where the case is, else the nearest."""
    first = found[0] if found else None
    if first is not None and set(first.specialities) & set(types_of(case)):
        return first
    return next((one for one in found if one.unit_id == case.holder_id), first)


def proposed(mediation: Mediation, today: date) -> list[Proposal]:
    """Return the committee's people: the free ones first.

    Among them those whose field the type is, then those who mediated one before, then those with less
    in hand, then by name.
    """
    people = list(members(mediation.committee.unit_id, today))
    keys = [user.id for user in people]
    types = types_of(mediation.case)
    known = Mediator.objects.in_bulk(keys)
    loads = loads_of(keys, types)
    away = away_on(keys, today)
    asked, not_wanted = answers(mediation), refused(mediation)
    found = []
    for user in people:
        about, load = known.get(user.id), loads.get(user.id, Load())
        answer = asked.get(user.id)
        found.append(
            Proposal(
                user=user, in_hand=load.in_hand, most=about.most if about else MOST,
                mediated=load.mediated, agreed=load.agreed,
                knows_type=bool(about and set(about.specialities) & set(types)),
                full_time=bool(about and about.full_time),
                languages=tuple(about.languages) if about else (),
                away_until=away.get(user.id),
                has_conflict=bool(answer and answer.has_conflict), is_refused=user.id in not_wanted,
            )
        )  # fmt: skip
    return sorted(found, key=_order)


def _order(one: Proposal) -> tuple[bool, bool, bool, int, str]:
    return (not one.is_free, not one.knows_type, not one.mediated, one.in_hand, one.user.name)


def loads_of(keys: list[UUID], types: list[str]) -> Mapping[UUID, Load]:
    """Return the loads of people, as far as the reader sees the mediations."""
    of_type = Q(mediation__case__category__in=types) | Q(
        mediation__case__category__parent__in=types
    )
    over = ~Q(mediation__state__in=sorted(lifecycle.WAITING | lifecycle.UNDER_WAY))
    done = of_type & over & Q(mediation__accepted_on__isnull=False)
    rows = (
        Seat.objects.filter(user__in=keys, until=None)
        .values_list("user")
        .annotate(
            in_hand=Count("id", filter=Q(mediation__state__in=sorted(lifecycle.OPEN))),
            mediated=Count("id", filter=done),
            agreed=Count("id", filter=done & Q(mediation__effective_on__isnull=False)),
        )
    )
    return {user: Load(*counts) for user, *counts in rows}


def away_on(keys: list[UUID], today: date) -> dict[UUID, date]:
    """Return who is on leave on a day, and until when."""
    leaves = Leave.objects.filter(user__in=keys, starts__lte=today, ends__gte=today)
    return dict(leaves.order_by("ends").values_list("user", "ends"))
