"""What viewing is judged by: the city's rules, trainings, the cameras that match a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import cos, radians
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.accounts.actor import Actor, HeldRole
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area
from linli.cameras.models import Camera, Grant, GrantCamera, Refusal, Training, ViewingRules
from linli.cameras.policy import units_of, visible_to
from linli.cameras.viewing import Around, around, matches_place, offset, sees
from linli.cases import lifecycle as of_case
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.cases.policy import visible_to as cases_visible_to
from linli.kernel.earth import DEGREE
from linli.kernel.working_days import local_date

VIEWERS = (RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR)
# The farthest a field of view may reach; see the registry's constraint.
FARTHEST = 5000
# More open incidents than this at one camera nobody chooses from.
MOST_NEAR = 20


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
    box = _box(where, max(limits.metres, FARTHEST))
    near = Camera.objects.filter(visible_to(actor), box, retired_on=None)
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


def incidents_at(actor: Actor, camera: Camera, limits: ViewingRules) -> Sequence[Case]:
    """Return the open incidents the actor views video for that a camera matches, newest first."""
    box = _box(camera, max(limits.metres, camera.reach or 0))
    near = Case.objects.filter(
        cases_visible_to(actor), box, kind=Kind.INCIDENT, state__in=of_case.OPEN
    )
    found = (
        case
        for case in near.order_by("-opened_at")
        if viewing_roles(actor, case.area_id)
        and (where := around(case)) is not None
        and matches_place(camera, where, limits)
    )
    return list(islice(found, MOST_NEAR))


def _box(middle: Around | Camera, metres: float) -> Q:
    """Return the filter for what lies in a box that reaches so far from a point to each side."""
    north = metres / DEGREE
    east = north / max(0.01, cos(radians(middle.latitude)))
    return Q(
        latitude__range=(middle.latitude - north, middle.latitude + north),
        longitude__range=(middle.longitude - east, middle.longitude + east),
    )


def grants_of(case: Case, actor: Actor) -> Sequence[Grant]:
    """Return the grants of a case, newest first, that the actor may know of."""
    known = Grant.objects.filter(case=case).filter(known_to(actor))
    return list(known.select_related("viewer", "unit", "consented_by").order_by("-asked_at")[:50])


def known_to(actor: Actor) -> Q:
    """Return the filter for the grants an actor knows of: their own, and those of their area."""
    if actor.is_system:
        return Q()
    return Q(viewer=actor.user_id) | _in_viewed_areas(actor)


def _in_viewed_areas(actor: Actor) -> Q:
    """Return the filter for what belongs to the areas in which the actor looks at video."""
    found = Q(pk__in=[])
    for role in actor.roles:
        if role.kind in VIEWERS:
            found |= in_area(role.area)
    return found


def left(grant: Grant, at: datetime) -> timedelta:
    """Return how much longer a grant holds."""
    if grant.valid_until is None or grant.ended_at is not None:
        return timedelta(0)
    return max(timedelta(0), grant.valid_until - at)


def log_of(actor: Actor) -> QuerySet[Grant]:
    """Return the looks the actor may read of: those they know of, and those at cameras their unit
    runs, newest first. What the database lets through is the same.
    """
    at_ours = GrantCamera.objects.filter(grant=OuterRef("pk"), camera__managing__in=units_of(actor))
    known = Grant.objects.filter(known_to(actor) | Exists(at_ours))
    return known.select_related("unit", "consented_by").order_by("-asked_at", "-id")


def refusals_of(actor: Actor) -> QuerySet[Refusal]:
    """Return the refused attempts the actor may read of: their own, and those of their areas."""
    found = Refusal.objects.filter(Q(user=actor.user_id) | _in_viewed_areas(actor))
    return found.select_related("user").order_by("-at", "-id")
