"""Who may read the library, and who may add to it."""

from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import RoleKind
from linli.kernel.errors import NotPermitted


def may_read(actor: Actor) -> bool:
    """Everybody who works on cases reads it, and whoever keeps it."""
    return actor.is_system or may_edit(actor) or any(r.kind not in CASELESS for r in actor.roles)


def may_edit(actor: Actor) -> bool:
    """Statutes and sayings are added by an administrator."""
    return actor.is_system or actor.holds(RoleKind.ADMINISTRATOR)


def permit_read(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor may read the library."""
    if not may_read(actor):
        raise NotPermitted(_("The library is for those who work on cases."))


def permit_edit(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor may add to the library."""
    if not may_edit(actor):
        raise NotPermitted(_("Only an administrator adds to the library."))
