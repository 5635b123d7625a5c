"""Who may look at areas, and who may change them."""

from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.areas.codes import LENGTH_OF, Level
from linli.kernel.errors import NotPermitted

ADMINISTRATOR = frozenset({RoleKind.ADMINISTRATOR})


def tops(actor: Actor) -> tuple[str, ...]:
    """Return the codes of the areas an actor may look into: the cities they have a role in.

    Where centres are and whom to call there is known to all who work in the city. A role above the
    cities opens all of them.
    """
    cities = sorted({role.area[: LENGTH_OF[Level.CITY]] for role in actor.roles})
    return tuple(
        code
        for code in cities
        if not any(code != other and code.startswith(other) for other in cities)
    )


def may_look(actor: Actor, code: str) -> bool:
    """Say whether the actor may open the page of the area ``code``."""
    return actor.is_system or any(
        code.startswith(top) or top.startswith(code) for top in tops(actor)
    )


def may_administer(actor: Actor, code: str) -> bool:
    """Every verb of this app has one rule: an administrator of the area, or of one above it."""
    return actor.is_system or actor.reaches(code, ADMINISTRATOR)


def permit(actor: Actor, code: str) -> None:
    """Raise :class:`NotPermitted` unless ``actor`` administers the area ``code``."""
    if not may_administer(actor, code):
        raise NotPermitted(
            _("Only an administrator of this area, or of one above it, can do this."),
            _("Ask the administrator of your city."),
        )
