"""Who may change what reading works with: those who set the city's rules. Everybody may ask it."""

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.policy import may_set_policies
from linli.kernel.errors import NotPermitted


def may_keep(actor: Actor) -> bool:
    """Say whether the actor keeps the lists of words and switches models: administrators of the city."""
    return actor.is_system or may_set_policies(actor)


def permit_keeping(actor: Actor) -> None:
    """Raise :class:`NotPermitted` for anybody else."""
    if not may_keep(actor):
        raise NotPermitted(_("Only the city's administrator changes what reading works with."))
