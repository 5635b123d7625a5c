"""Who may see premises and devices, who keeps them, and who inspects: the single source of it."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area, in_areas
from linli.kernel.errors import NotPermitted
from linli.premises.models import Premises

ADMINISTRATOR = frozenset({RoleKind.ADMINISTRATOR})
KEEPERS = frozenset({RoleKind.ADMINISTRATOR, RoleKind.CENTRE_DIRECTOR})
INSPECTORS = frozenset({RoleKind.GRID_WORKER, RoleKind.CENTRE_DIRECTOR})


def _kept(actor: Actor, field: str) -> Q:
    found = Q(pk__in=[])
    for role in actor.roles:
        if role.kind in ADMINISTRATOR:
            found |= in_area(role.area, field)
    return found


def visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the premises ``actor`` may see.

    Those of the areas they reach or administer, and those their unit answers for or is in charge
    of. ``way`` leads to the premises from another table, such as ``"premises__"``.
    """
    if actor.is_system:
        return Q()
    return (
        in_areas(actor, f"{way}area")
        | _kept(actor, f"{way}area")
        | Q(**{f"{way}responsible__in": actor.units})
        | Q(**{f"{way}department__in": actor.units})
    )


def devices_visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the devices ``actor`` may see: by area, or with their premises."""
    if actor.is_system:
        return Q()
    return (
        in_areas(actor, f"{way}area")
        | _kept(actor, f"{way}area")
        | Q(**{f"{way}premises__responsible__in": actor.units})
        | Q(**{f"{way}premises__department__in": actor.units})
    )


def may_open(actor: Actor) -> bool:
    """Open the pages of this room at all: whoever works on cases, and administrators."""
    return actor.is_system or any(
        role.kind not in CASELESS or role.kind in ADMINISTRATOR for role in actor.roles
    )


def may_keep(actor: Actor, area: str) -> bool:
    """Write premises and devices of an area down: its administrator or director, or one above."""
    return actor.is_system or actor.reaches(area, KEEPERS)


def keeps_any(actor: Actor) -> bool:
    """Say whether the actor keeps premises anywhere."""
    return actor.is_system or actor.holds(*KEEPERS)


def may_set_kinds(actor: Actor) -> bool:
    """Edit the city's kinds, required devices and check lists: an administrator."""
    return actor.is_system or actor.holds(RoleKind.ADMINISTRATOR)


def works_for(actor: Actor, premises: Premises, kinds: Iterable[str] | None = None) -> bool:
    """Say whether the actor works in the unit that answers for the place or is in charge of it."""
    return any(
        unit is not None and actor.works_in(unit, kinds)
        for unit in (premises.responsible_id, premises.department_id)
    )


def may_inspect(actor: Actor, premises: Premises) -> bool:
    """Inspect: grid workers and directors of the area, and the people of its two units."""
    return (
        actor.is_system or actor.reaches(premises.area_id, INSPECTORS) or works_for(actor, premises)
    )


def inspects_somewhere(actor: Actor) -> bool:
    """Say whether there may be premises the actor inspects."""
    return actor.holds(*INSPECTORS, RoleKind.DEPARTMENT_OFFICER)


def may_test(actor: Actor, area: str, premises: Premises | None) -> bool:
    """Record a test, a fault or its repair: who inspects there, dispatchers, and who keeps it."""
    return (
        actor.is_system
        or actor.reaches(area, INSPECTORS | {RoleKind.DISPATCHER})
        or may_keep(actor, area)
        or (premises is not None and works_for(actor, premises))
    )


def may_reveal(actor: Actor, premises: Premises) -> bool:
    """Open a contact: whoever works for the area or the place, and who keeps it."""
    return (
        actor.reaches(premises.area_id)
        or works_for(actor, premises)
        or may_keep(actor, premises.area_id)
    )


def permit_keep(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps the premises of ``area``."""
    if not may_keep(actor, area):
        raise NotPermitted(
            _("Premises and devices are kept by the administrator or the director of the area."),
            _("Ask the director of your centre."),
        )


def permit_kinds(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor edits kinds and check lists."""
    if not may_set_kinds(actor):
        raise NotPermitted(_("Only an administrator can do this."))


def permit_inspect(actor: Actor, premises: Premises) -> None:
    """Raise :class:`NotPermitted` unless the actor may inspect the place."""
    if not may_inspect(actor, premises):
        raise NotPermitted(
            _("Places are inspected by the grid workers, directors and units they belong to.")
        )


def permit_test(actor: Actor, area: str, premises: Premises | None) -> None:
    """Raise :class:`NotPermitted` unless the actor may test or mend devices there."""
    if not may_test(actor, area, premises):
        raise NotPermitted(_("Devices are tested by the people who look after the place."))
