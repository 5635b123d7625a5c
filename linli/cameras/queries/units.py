"""Units that own or run cameras, as forms and imports name them."""

from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area
from linli.areas.codes import above
from linli.areas.models import Unit, UnitKind
from linli.cameras.models import Camera
from linli.cameras.policy import kept_areas

CENTRES = (UnitKind.CENTRE, UnitKind.GRID)
MOST = 1_500


def kept_codes(actor: Actor) -> list[str]:
    """Return the codes of the areas in which the actor keeps the registry, of all or of centres."""
    kinds = (RoleKind.ADMINISTRATOR, RoleKind.CENTRE_DIRECTOR)
    return sorted({role.area for role in actor.roles if role.kind in kinds})


def choosable(actor: Actor) -> list[tuple[UUID, str]]:
    """Return open units of the actor's areas and of those above them, with names that tell them apart.

    Posts of grids run no cameras of their own and are left out.
    """
    codes = sorted({*kept_codes(actor), *(r.area for r in actor.roles if r.unit)})
    around = Q(pk__in=[])
    for code in codes:
        around |= in_area(code, "area_id") | Q(area_id__in=above(code))
    found = Unit.objects.filter(around, closed_on=None).exclude(kind=UnitKind.GRID)
    rows = found.order_by("area_id", "kind", "name").values_list("id", "name", "area__name")[:MOST]
    return [(key, name if place in name else f"{name}（{place}）") for key, name, place in rows]


def givable(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the open units whose cameras the actor may share, and that have any."""
    kept = Q(pk__in=[])
    for code in kept_areas(actor):
        kept |= in_area(code, "area_id")
    own = [
        role.unit
        for role in actor.roles
        if role.kind in (RoleKind.CENTRE_DIRECTOR, RoleKind.DEPARTMENT_OFFICER)
    ]
    owning = Camera.objects.order_by().values("owner").distinct()
    found = Unit.objects.filter(kept | Q(pk__in=own), pk__in=owning, closed_on=None)
    rows = found.order_by("area_id", "name").values_list("id", "name", "area__name")[:MOST]
    return [(key, name if place in name else f"{name}（{place}）") for key, name, place in rows]
