"""Who may connect other systems: administrators, within their areas."""

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.policy import administered, covers, may_set_rules
from linli.kernel.errors import NotPermitted


def may_manage(actor: Actor) -> bool:
    """Say whether the actor keeps webhooks at all."""
    return actor.holds(RoleKind.ADMINISTRATOR)


def permit_area(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor administers ``area``."""
    if not actor.reaches(area, {RoleKind.ADMINISTRATOR}):
        raise NotPermitted(
            _("Only an administrator of this area, or of one above it, can do this."),
            _("Ask the administrator of your city."),
        )


def permit_management(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps webhooks somewhere."""
    if not may_manage(actor):
        raise NotPermitted(_("Only administrators connect other systems."))


def permit_hosts(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor may open the city's own network to sending."""
    if not may_set_rules(actor):
        raise NotPermitted(_("Only an administrator of the whole city can do this."))


def managed_by(actor: Actor) -> Q:
    """Return the filter for the subscriptions the actor keeps."""
    return covers(administered(actor))
