"""Who may administer whom, and who may read the log.

Administrators act within the area of their role and below it. A person is administered by whoever
covers every role they hold now or later; one whose roles have all ended, by whoever covers one of
those. Nobody administers themselves.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from linli.accounts.actor import Actor
from linli.accounts.models import Role, RoleKind, User
from linli.accounts.scope import in_area

ADMINISTRATORS = frozenset({RoleKind.ADMINISTRATOR})
# Codes up to the city's: a role up there sees people who have no role anywhere yet.
CITY_LENGTH = 4


def administered(actor: Actor) -> tuple[str, ...]:
    """Return the codes of the areas the actor administers."""
    return tuple(sorted({r.area for r in actor.roles if r.kind in ADMINISTRATORS}))


def may_administer(actor: Actor, area: str) -> bool:
    """Say whether roles in ``area`` are the actor's to grant and end."""
    return actor.is_system or actor.reaches(area, ADMINISTRATORS)


def covers(codes: Iterable[str], field: str = "area") -> Q:
    """Return the filter "``field`` lies in one of these areas"."""
    found = Q(pk__in=[])
    for code in codes:
        found |= in_area(code, field)
    return found


def people_of(actor: Actor) -> Q:
    """Return the filter for the people whose page the actor may open: any role in their areas."""
    if actor.is_system:
        return Q()
    codes = administered(actor)
    held = Role.objects.filter(covers(codes), user=OuterRef("pk"))
    found = Q(Exists(held))
    if any(len(code) <= CITY_LENGTH for code in codes):
        found |= ~Q(Exists(Role.objects.filter(user=OuterRef("pk"))))
    return found


def may_administer_person(actor: Actor, user: User, today: date) -> bool:
    """Say whether the actor may change this person's account: all their roles lie in its areas."""
    if actor.is_system:
        return True
    if actor.user_id == user.pk:
        return False
    roles = list(Role.objects.filter(user=user).values_list("area", "ends"))
    lasting = [area for area, ends in roles if ends is None or ends >= today]
    if lasting:
        return all(may_administer(actor, area) for area in lasting)
    if roles:
        return any(may_administer(actor, area) for area, _ends in roles)
    return any(len(code) <= CITY_LENGTH for code in administered(actor))


def may_set_rules(actor: Actor) -> bool:
    """Say which roles need a second factor: only administrators of the whole city."""
    return actor.is_system or any(len(code) <= CITY_LENGTH for code in administered(actor))


def may_plan_leave(actor: Actor, user: UUID, units: Iterable[UUID]) -> bool:
    """A person plans their own leave; the director of their unit plans it for them."""
    own = actor.user_id == user
    return own or any(actor.works_in(unit, {RoleKind.CENTRE_DIRECTOR}) for unit in units)


def may_read_log(actor: Actor) -> bool:
    """Auditors read the log; nobody else does."""
    return actor.holds(RoleKind.AUDITOR)


def audited(actor: Actor) -> tuple[str, ...]:
    """Return the codes of the areas whose people's deeds the actor may read."""
    return tuple(sorted({r.area for r in actor.roles if r.kind == RoleKind.AUDITOR}))


def is_somebody(actor: Actor, _rest: str = "") -> bool:
    """Say whether the actor is a person who signed in: for topics that tell no more than "look"."""
    return actor.user_id is not None
