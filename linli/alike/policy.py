"""Who may look for the like."""

from django.utils.translation import gettext as _

from linli.accounts.actor import CASELESS, Actor
from linli.kernel.errors import NotPermitted


def may_compare(actor: Actor) -> bool:
    """Everybody who works on cases; what they find is within their scope, or says nobody."""
    return actor.is_system or any(role.kind not in CASELESS for role in actor.roles)


def may_read_patterns(actor: Actor, area: str) -> bool:
    """Whoever reaches all cases of an area reads what keeps coming back there."""
    return actor.is_system or actor.reaches(area)


def permit_compare(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor works on cases."""
    if not may_compare(actor):
        raise NotPermitted(_("Similar cases are for those who work on cases."))


def permit_patterns(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor reaches the area."""
    if not may_read_patterns(actor, area):
        raise NotPermitted(
            _("You can read the patterns of your own area and of the areas in it."),
            _("Choose an area within your own."),
        )
