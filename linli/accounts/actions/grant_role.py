"""Grant role: a person works in an area, in a unit, from a day on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actions.step import person
from linli.accounts.actor import Actor
from linli.accounts.models import Role, RoleKind, User
from linli.accounts.places import places
from linli.accounts.policy import administered, may_administer
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotPermitted
from linli.kernel.working_days import local_date

# A role that "began" years before it was written down is a slip of the pen.
EARLIEST = timedelta(days=366 * 60)


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to be held. ``area`` is a code or a unique name; ``unit`` an id, a name or empty."""

    kind: str
    area: str
    unit: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is held, checked."""

    area: str
    unit: UUID | None


@transaction.atomic
def grant_role(user_id: UUID, new: NewRole, *, actor: Actor, at: datetime) -> Role:
    """Give the person the role; it must lie in an area the actor administers."""
    user = person(user_id, actor, at)
    return save_role(user, new, check_role(new, actor, local_date(at)), actor, at)


def check_role(new: NewRole, actor: Actor, today: date) -> Place:
    """Return where the role is held; raises :class:`Invalid` or :class:`NotPermitted`."""
    if new.kind not in RoleKind.values:
        raise Invalid(_("There is no such role."), {"kind": _("Choose a role.")})
    within = ("",) if actor.is_system else administered(actor)
    area = places().find_area(new.area, within)
    if not may_administer(actor, area):
        raise NotPermitted(_("You administer other areas."))
    starts = new.starts or today
    if starts < today - EARLIEST:
        raise Invalid(_("The start is too long ago."), {"starts": _("Check the year.")})
    if new.ends is not None and new.ends < starts:
        raise Invalid(_("The role would end before it starts."), {"ends": _("Choose a later day.")})
    return Place(area, places().find_unit(area, new.unit, new.kind))


def save_role(user: User, new: NewRole, place: Place, actor: Actor, at: datetime) -> Role:
    """Save a checked role and record it; the same role twice at one time is refused."""
    starts = new.starts or local_date(at)
    if held_already(user, new, place, starts):
        raise Invalid(_("The person already holds this role at that time."))
    role = Role(
        user=user, kind=new.kind, area=place.area, unit=place.unit, starts=starts, ends=new.ends
    )
    role.save(force_insert=True)
    facts = {
        "user": str(user.pk),
        "kind": new.kind,
        "area": place.area,
        "unit": str(place.unit) if place.unit else None,
        "starts": starts.isoformat(),
        "ends": new.ends.isoformat() if new.ends else None,
    }
    record("role", role.pk, "role.grant", actor=actor.user_id, at=at, facts=facts)
    return role


def held_already(user: User, new: NewRole, place: Place, today: date) -> bool:
    """Say whether the person holds this very role in some of those days."""
    starts = new.starts or today
    same = Role.objects.filter(user=user, kind=new.kind, area=place.area, unit=place.unit)
    overlapping = same.filter(Q(ends=None) | Q(ends__gte=starts))
    if new.ends is not None:
        overlapping = overlapping.filter(starts__lte=new.ends)
    return overlapping.exists()
