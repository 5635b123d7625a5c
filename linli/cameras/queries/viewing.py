"""What viewing is judged by: the city's rules, trainings, the cameras that match a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor, HeldRole
from linli.accounts.models import RoleKind
from linli.cameras.models import Camera, Grant, Training, ViewingRules
from linli.cameras.policy import visible_to
from linli.cameras.viewing import METRES_A_DEGREE, Around, matches_place, offset, sees
from linli.cases.models import Case
from linli.kernel.working_days import local_date

VIEWERS = (RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR)
# The farthest a field of view may reach; see the registry's constraint.
FARTHEST = 5000


@dataclass(frozen=True, slots=True)
class Match:
    """A camera at the place of a case: how far it stands from it, and whether it looks at it."""

    camera: Camera
    metres: int
    sees: bool


def rules() -> ViewingRules:
    """Return the city's limits."""
    return ViewingRules.objects.get(pk=1)


def viewing_roles(actor: Actor, area: str) -> list[HeldRole]:
    """Return the actor's roles in which they may look at video of an area's cases."""
    return [
        role
        for role in actor.roles
        if role.kind in VIEWERS and role.unit is not None and area.startswith(role.area)
    ]


def trainings(at: datetime) -> Q:
    """Return the filter for trainings that hold at a moment."""
    day = local_date(at)
    return Q(trained_on__lte=day, until__gte=day, ended_at=None)


def is_trained(actor: Actor, at: datetime) -> bool:
    """Say whether the person is trained for video now."""
    return Training.objects.filter(trainings(at), user=actor.user_id).exists()


def matching(
    actor: Actor, where: Around, limits: ViewingRules, only: Collection[UUID] | None = None
) -> Sequence[Match]:
    """Return the cameras the actor may see that match a place: those that look at it, then by
    distance. ``only`` asks for certain ones."""
    north = max(limits.metres, FARTHEST) / METRES_A_DEGREE
    east = north / max(0.01, cos(radians(where.latitude)))
    near = Camera.objects.filter(
        visible_to(actor),
        retired_on=None,
        latitude__range=(where.latitude - north, where.latitude + north),
        longitude__range=(where.longitude - east, where.longitude + east),
    )
    if only is not None:
        near = near.filter(pk__in=only)
    found = [
        Match(
            one,
            round(offset(one, where.latitude, where.longitude)[0]),
            sees(one, where.latitude, where.longitude),
        )
        for one in near
        if matches_place(one, where, limits)
    ]
    return sorted(found, key=lambda one: (not one.sees, one.metres, one.camera.code))


def grants_of(case: Case, actor: Actor) -> Sequence[Grant]:
    """Return the grants of a case, newest first, that the actor may know of."""
    known = Grant.objects.filter(case=case).filter(known_to(actor))
    return list(known.select_related("viewer", "unit", "consented_by").order_by("-asked_at")[:50])


def known_to(actor: Actor) -> Q:
    """Return the filter for the grants an actor knows of: their own, and those of their area."""
    if actor.is_system:
        return Q()
    found = Q(viewer=actor.user_id)
    for role in actor.roles:
        if role.kind in VIEWERS:
            found |= Q(area__gte=role.area, area__lt=role.area + ":")
    return found


def left(grant: Grant, at: datetime) -> timedelta:
    """Return how much longer a grant holds."""
    if grant.valid_until is None or grant.ended_at is not None:
        return timedelta(0)
    return max(timedelta(0), grant.valid_until - at)
