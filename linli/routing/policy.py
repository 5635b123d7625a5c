"""Who may write the rules of an area. Whoever works in the city may read them."""

from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.policy import may_look
from linli.kernel.errors import NotFound, NotPermitted

WRITERS = frozenset({RoleKind.ADMINISTRATOR, RoleKind.CENTRE_DIRECTOR})


def may_read(actor: Actor, area: str) -> bool:
    """Say whether the actor may read the rules of ``area``: all who work in its city."""
    return len(area) >= LENGTH_OF[Level.CITY] and may_look(actor, area)


def may_write(actor: Actor, area: str) -> bool:
    """Say whether the actor may write rules for ``area``: its director or administrator, or one above.

    What is written for an area leads to units of that area and below only, which is as far as its
    director may assign (:func:`linli.cases.actions.assign.reachable_unit`).
    """
    if len(area) < LENGTH_OF[Level.CITY]:
        return False
    return actor.is_system or actor.reaches(area, WRITERS)


def permit_reading(actor: Actor, area: str) -> None:
    """Raise :class:`NotFound` unless the actor may read the rules of ``area``."""
    if not may_read(actor, area):
        raise NotFound(_("There are no rules here."))


def permit_writing(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor may write the rules of ``area``."""
    permit_reading(actor, area)
    if not may_write(actor, area):
        raise NotPermitted(
            _("Only the director of this area's centre, or its administrator, writes its rules."),
            _("Ask them; you may read the rules here."),
        )


def written_by(actor: Actor) -> list[str]:
    """Return the codes of the areas the actor writes rules for; each stands for all below it."""
    return sorted({role.area for role in actor.roles if role.kind in WRITERS})
