"""The committees of a city, and one of them with its people, its load and this year's numbers."""

from dataclasses import dataclass
from datetime import date, time
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.accounts.queries import roles_on
from linli.accounts.scope import in_area
from linli.areas.policy import tops
from linli.kernel.working_days import end_of_day
from linli.mediation import lifecycle
from linli.mediation.choices import CommitteeKind
from linli.mediation.models import Committee, Mediation, Mediator
from linli.mediation.policy import MEDIATORS
from linli.mediation.queries.proposal import MOST, Load, away_on, loads_of
from linli.mediation.queries.seating import members

PAGE = 50
_MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One committee of the list."""

    id: UUID
    name: str
    kind: str
    area: str
    members: int
    full_time: int

    @property
    def kind_label(self) -> str:
        """The kind's word on the page."""
        return str(CommitteeKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who mediates in a committee; ``about`` None: nothing is written down yet."""

    user: User
    about: Mediator | None
    in_hand: int
    away_until: date | None

    @property
    def most(self) -> int:
        """How many they take at once."""
        return self.about.most if self.about else MOST

    @property
    def is_full(self) -> bool:
        """Say whether they have as many as they take."""
        return self.in_hand >= self.most


@dataclass(frozen=True, slots=True)
class Year:
    """A committee's mediations since the first of January; ``in_hand`` is what is open now."""

    opened: int
    accepted: int
    agreed: int
    in_hand: int


def known_to(actor: Actor) -> QuerySet[Committee]:
    """Return the open committees of the cities in which the actor works: no secret among them."""
    within = tops(actor)
    reach = reduce(or_, (in_area(code, "unit__area_id") for code in within), Q(pk__in=[]))
    return Committee.objects.filter(reach, unit__closed_on=None)


def listing(
    actor: Actor, today: date, *, kind: str = "", words: str = "", after: str = ""
) -> tuple[list[Line], str]:
    """Return a page of committees by area and name, and the cursor of the next (empty: none)."""
    found = known_to(actor).order_by("unit__area_id", "id")
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(unit__area__name__icontains=words))
    if (place := _place(after)) is not None:
        area, key = place
        found = found.filter(Q(unit__area_id__gt=area) | Q(unit__area_id=area, id__gt=key))
    rows = list(found.select_related("unit__area")[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    people = _people_in([row.unit_id for row in rows], today)
    full = _full_time_in([row.id for row in rows], today)
    lines = [
        Line(
            row.id, row.name, row.kind, row.unit.area.name, people.get(row.unit_id, 0),
            full.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip
    return lines, f"{rows[-1].unit.area_id}_{rows[-1].id}" if more else ""


def _place(cursor: str) -> tuple[str, UUID] | None:
    area, _, key = cursor.partition("_")
    try:
        return (area, UUID(key)) if area.isascii() and area.isdigit() else None
    except ValueError:
        return None


def _people_in(units: list[UUID], today: date) -> dict[UUID | None, int]:
    roles = roles_on(today).filter(unit__in=units, kind__in=MEDIATORS, user__is_active=True)
    return dict(roles.values_list("unit").annotate(Count("user", distinct=True)))


def _full_time_in(committees: list[UUID], today: date) -> dict[UUID, int]:
    there = Mediator.objects.filter(committee__in=committees, full_time=True, since__lte=today)
    there = there.exclude(until__lt=today)
    return dict(there.values_list("committee").annotate(Count("user")))


def members_of(committee: Committee, today: date, *, counted: bool) -> list[Member]:
    """Return who mediates in a committee, by name; loads only where they would be the whole."""
    people = list(members(committee.unit_id, today))
    keys = [user.id for user in people]
    about = Mediator.objects.in_bulk(keys)
    loads = loads_of(keys, []) if counted else {}
    away = away_on(keys, today)
    return [
        Member(user, about.get(user.id), loads.get(user.id, Load()).in_hand, away.get(user.id))
        for user in people
    ]


def year_of(committee: Committee, today: date) -> Year:
    """Return the numbers of the year so far."""
    since = end_of_day(date(today.year, 1, 1), _MIDNIGHT)
    fresh = Q(opened_at__gte=since)
    counted = Mediation.objects.filter(committee=committee).aggregate(
        opened=Count("id", filter=fresh),
        accepted=Count("id", filter=fresh & Q(accepted_on__isnull=False)),
        agreed=Count("id", filter=fresh & Q(effective_on__isnull=False)),
        in_hand=Count("id", filter=Q(state__in=sorted(lifecycle.OPEN))),
    )
    return Year(**counted)
