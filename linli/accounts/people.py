"""Reads for the pages about people: the list, one person, who could follow or stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import Leave, Role, RoleKind, User
from linli.accounts.places import places
from linli.accounts.policy import administered, covers, people_of
from linli.accounts.queries import roles_on
from linli.accounts.scope import in_area

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list shows. ``state``: ``active`` (the usual), ``closed`` or ``all``."""

    words: str = ""
    kind: str = ""
    area: str = ""
    state: str = "active"


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in words."""

    id: UUID
    kind: str
    label: str
    area: str
    area_name: str
    unit: UUID | None
    unit_name: str
    starts: date
    ends: date | None

    @property
    def place(self) -> str:
        """Return the unit's name where there is one, else the area's."""
        return self.unit_name or self.area_name


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list with the roles that hold today."""

    id: UUID
    name: str
    username: str
    phone: str
    is_active: bool
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list and the cursors of its neighbours."""

    lines: list[Line]
    before: str
    after: str


def people(actor: Actor, filters: Filters, day: date, *, before: str = "", after: str = "") -> Page:
    """Return up to :data:`PAGE` people by name; ``before`` and ``after`` are a person's id."""
    found = _filtered(actor, filters, day)
    back = bool(before)
    cursor = User.objects.filter(pk=before or after).first() if _is_id(before or after) else None
    if cursor is not None:
        key = (cursor.name, cursor.pk)
        name, pk = ("name__lt", "pk__lt") if back else ("name__gt", "pk__gt")
        found = found.filter(Q(**{name: key[0]}) | Q(name=key[0], **{pk: key[1]}))
    order = ("-name", "-pk") if back else ("name", "pk")
    rows = list(found.order_by(*order)[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if back:
        rows.reverse()
    first, last = (str(rows[0].pk), str(rows[-1].pk)) if rows else ("", "")
    earlier = more if back else cursor is not None
    later = (cursor is not None) if back else more
    return Page(_lines(rows, day), first if earlier else "", last if later else "")


def count(actor: Actor, filters: Filters, day: date) -> int:
    """Return how many people the filters find."""
    return _filtered(actor, filters, day).count()


def _filtered(actor: Actor, filters: Filters, day: date) -> QuerySet[User]:
    found = User.objects.filter(people_of(actor))
    if filters.state != "all":
        found = found.filter(is_active=filters.state == "active")
    if words := filters.words.strip():
        found = found.filter(
            Q(name__icontains=words) | Q(username__icontains=words) | Q(phone__icontains=words)
        )
    if filters.kind or filters.area:
        held = roles_on(day).filter(user=OuterRef("pk"))
        if filters.kind:
            held = held.filter(kind=filters.kind)
        if filters.area:
            held = held.filter(in_area(filters.area))
        found = found.filter(Exists(held))
    return found


def _lines(users: Sequence[User], day: date) -> list[Line]:
    roles = list(roles_on(day).filter(user__in=users).order_by("area", "kind"))
    told: dict[UUID, list[RoleLine]] = {}
    for role, line in zip(roles, role_lines(roles), strict=True):
        told.setdefault(role.user_id, []).append(line)
    return [
        Line(u.pk, u.name, u.username, u.phone, u.is_active, tuple(told.get(u.pk, ())))
        for u in users
    ]


def role_lines(roles: Sequence[Role]) -> list[RoleLine]:
    """Put roles into words, with two queries for all their places."""
    areas = places().area_names(role.area for role in roles)
    units = places().unit_names(role.unit for role in roles if role.unit)
    return [
        RoleLine(
            id=role.pk,
            kind=role.kind,
            label=str(RoleKind(role.kind).label),
            area=role.area,
            area_name=areas.get(role.area, role.area),
            unit=role.unit,
            unit_name=units.get(role.unit, "") if role.unit else "",
            starts=role.starts,
            ends=role.ends,
        )
        for role in roles
    ]


def history_of(user: User) -> list[RoleLine]:
    """Return every role the person ever held or will hold, the latest first."""
    return role_lines(list(Role.objects.filter(user=user).order_by("-starts", "-pk")))


def colleagues(user_id: UUID, day: date, unit: UUID | None = None) -> QuerySet[User]:
    """Return the active people who work on ``day`` in ``unit``, or in any unit of the person."""
    mine = roles_on(day).filter(user=user_id, unit__isnull=False).exclude(kind__in=CASELESS)
    units = [unit] if unit else list(mine.values_list("unit", flat=True))
    theirs = roles_on(day).filter(unit__in=units).exclude(kind__in=CASELESS)
    found = User.objects.filter(pk__in=theirs.values("user"), is_active=True).exclude(pk=user_id)
    return found.order_by("name", "pk")


def leaves_of(user_id: UUID, day: date) -> QuerySet[Leave]:
    """Return the leaves of a person that last or are to come, and those of the past year."""
    recent = day - timedelta(days=365)
    found = Leave.objects.filter(user=user_id, ends__gte=recent).select_related("stand_in")
    return found.order_by("-starts")


def is_locked_out(user: User) -> bool:
    """Say whether the person's name is locked out from some address right now."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(
        username=user.username.casefold(),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=since,
    )
    return bool(attempts.exists())


def manageable_roles(actor: Actor) -> Q:
    """Return the filter for the roles that lie in the actor's areas."""
    return Q() if actor.is_system else covers(administered(actor))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def choices(users: QuerySet[User], blank: str) -> list[tuple[Any, str]]:
    """Return users as a field's choices, with an empty one before them."""
    return [("", blank), *((user.pk, f"{user.name}（{user.username}）") for user in users)]
