"""Whom an event of a case is told, and why: one table, from the event's facts and today's roles."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from linli.accounts.actor import CASELESS
from linli.accounts.models import RoleKind
from linli.accounts.queries import roles_on
from linli.areas.codes import above
from linli.areas.models import Unit
from linli.areas.queries import POSTS, posts
from linli.cases.models import Case, Extension

DIRECTORS = frozenset({RoleKind.CENTRE_DIRECTOR})
COMMAND = frozenset({RoleKind.CENTRE_DIRECTOR, RoleKind.DISPATCHER})
# They are sent out by others and handle no cases.
NOT_AT_DESKS = frozenset({*CASELESS, RoleKind.VOLUNTEER, RoleKind.PATROL_MEMBER})


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as a notice shows it."""

    id: UUID
    number: str
    title: str
    kind: str
    urgency: str
    holder: UUID
    handler: UUID | None
    due_at: datetime | None


@dataclass(slots=True)
class Staff:
    """Who works where on a day: unit → (person, role kind); and which post is above which."""

    at: dict[UUID, list[tuple[UUID, str]]] = field(default_factory=lambda: defaultdict(list))
    units: dict[UUID, tuple[str, str, str]] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)

    def of(self, unit: UUID, kinds: Iterable[str] = ()) -> set[UUID]:
        """Return the people of a unit, those in roles of ``kinds`` where any are named."""
        wanted = set(kinds)
        return {
            user
            for user, kind in self.at.get(unit, ())
            if (kind in wanted if wanted else kind not in NOT_AT_DESKS)
        }

    def above(self, unit: UUID) -> UUID:
        """Return the post that stands above a unit; the unit itself at the top."""
        area, kind, _name = self.units[unit]
        codes = above(area)[:-1] if kind in POSTS else above(area)
        return next((self.posts[code] for code in reversed(codes) if code in self.posts), unit)


def matters(ids: Iterable[str]) -> dict[str, Matter]:
    """Return the cases of ``ids``."""
    rows = Case.objects.filter(pk__in=list(ids)).values_list(
        "id", "number", "title", "kind", "urgency", "holder", "handler", "due_at"
    )
    return {str(row[0]): Matter(*row) for row in rows}


def staff(units: Iterable[UUID], day: date) -> Staff:
    """Return who works in ``units`` and in the posts above them."""
    found = Staff()
    rows = list(Unit.objects.filter(pk__in=set(units)).values_list("id", "area", "kind", "name"))
    codes = {code for _pk, area, _kind, _name in rows for code in above(area)}
    for pk, area, kind, name in rows:
        found.units[pk] = (area, kind, name)
    for pk, area, kind, name in (
        posts().filter(area__in=codes).values_list("id", "area", "kind", "name")
    ):
        found.units[pk] = (area, kind, name)
        found.posts[area] = pk
    roles = roles_on(day).filter(unit__in=list(found.units), user__is_active=True)
    for unit, user, kind in roles.values_list("unit", "user", "kind"):
        if unit is not None:
            found.at[unit].append((user, kind))
    return found


def askers(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return who last asked for more time, by case."""
    rows = Extension.objects.filter(case__in=list(ids)).order_by("asked_at")
    return {case: user for case, user in rows.values_list("case", "asked_by") if user}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is told: the notice, the rule in a word, the people, and the unit it concerns."""

    kind: str
    rule: str
    people: set[UUID]
    unit: UUID


type Facts = Mapping[str, Any]
type Who = Callable[[Matter, Facts, Staff, Mapping[UUID, UUID]], Audience | None]


def _unit(facts: Facts, name: str, matter: Matter) -> UUID:
    return UUID(facts[name]) if facts.get(name) else matter.holder


def _arrived(kind: str) -> Who:
    def who(matter: Matter, facts: Facts, staff: Staff, _asked: Any) -> Audience:
        unit = _unit(facts, "to_unit", matter)
        if handler := facts.get("handler"):
            return Audience(kind, gettext_noop("named as handler"), {UUID(handler)}, unit)
        return Audience(
            kind, gettext_noop("works in the unit it was sent to"), staff.of(unit), unit
        )

    return who


def _returned(matter: Matter, facts: Facts, staff: Staff, _asked: Any) -> Audience:
    unit = _unit(facts, "unit", matter)
    return Audience(
        "returned", gettext_noop("works in the unit it came back to"), staff.of(unit), unit
    )


def _in_hand(kind: str, also: Iterable[str] = ()) -> Who:
    def who(matter: Matter, facts: Facts, staff: Staff, _asked: Any) -> Audience:
        unit = _unit(facts, "unit", matter)
        directors = staff.of(unit, also) if also else set()
        if matter.handler:
            return Audience(kind, gettext_noop("handles it"), {matter.handler} | directors, unit)
        return Audience(kind, gettext_noop("works in the unit it is with"), staff.of(unit), unit)

    return who


def _overdue(matter: Matter, facts: Facts, staff: Staff, _asked: Any) -> Audience:
    unit = _unit(facts, "told", matter)
    return Audience("overdue", gettext_noop("leads the level above"), staff.of(unit, COMMAND), unit)


def _extension_asked(matter: Matter, facts: Facts, staff: Staff, _asked: Any) -> Audience:
    unit = staff.above(_unit(facts, "unit", matter))
    return Audience(
        "extension_asked", gettext_noop("decides on more time"), staff.of(unit, DIRECTORS), unit
    )


def _answered(kind: str) -> Who:
    def who(matter: Matter, facts: Facts, _staff: Staff, asked: Mapping[UUID, UUID]) -> Audience:
        person = asked.get(matter.id) or matter.handler
        return Audience(
            kind, gettext_noop("asked for it"), {person} if person else set(), matter.holder
        )

    return who


def _helping(matter: Matter, facts: Facts, staff: Staff, _asked: Any) -> Audience:
    unit = _unit(facts, "helper", matter)
    return Audience(
        "assist_asked", gettext_noop("works in the unit asked to help"), staff.of(unit), unit
    )


def _handed_over(matter: Matter, facts: Facts, _staff: Staff, _asked: Any) -> Audience | None:
    if not facts.get("handler"):
        return None
    return Audience(
        "handed_over", gettext_noop("named as handler"), {UUID(facts["handler"])}, matter.holder
    )


# Event → whom it is told.
AUDIENCES: Mapping[str, Who] = {
    "case.assign": _arrived("assigned"),
    "case.designate": _arrived("assigned"),
    "case.return": _returned,
    "case.remind": _in_hand("reminded"),
    "case.supervise": _in_hand("supervised", DIRECTORS),
    "case.alert": _overdue,
    "case.extend": _extension_asked,
    "case.grant": _answered("extension_granted"),
    "case.deny": _answered("extension_denied"),
    "case.escalate": _arrived("escalated"),
    "case.assist": _helping,
    "case.hand_over": _handed_over,
    "case.reopen": _in_hand("reopened", DIRECTORS),
}
