"""Who may import a map, look at its state, and close roads."""

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.kernel.errors import NotPermitted

CLOSING = (RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR, RoleKind.ADMINISTRATOR)


def may_import(actor: Actor) -> bool:
    """An import is a command of whoever runs the server."""
    return actor.is_system


def may_administer(actor: Actor) -> bool:
    """Administrators see what map is in use and how it came in."""
    return actor.is_system or actor.holds(RoleKind.ADMINISTRATOR)


def may_close(actor: Actor) -> bool:
    """Dispatchers, directors and administrators close roads and open them again."""
    return actor.is_system or actor.holds(*CLOSING)


def permit_import(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor may import a map."""
    if not may_import(actor):
        raise NotPermitted(_("A map is imported by whoever runs the server."))


def permit_administer(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor administers an area."""
    if not may_administer(actor):
        raise NotPermitted(_("This page is for administrators."))


def permit_close(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor may close roads."""
    if not may_close(actor):
        raise NotPermitted(
            _("Roads are closed by dispatchers, directors and administrators."),
            _("Tell the dispatcher of your city."),
        )
