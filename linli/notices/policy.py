"""Who may set up notices: an administrator of the whole city. Everybody reads their own."""

from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.policy import may_set_rules
from linli.kernel.errors import NotPermitted


def is_own(actor: Actor, person: str) -> bool:
    """Say whether ``person`` (an id as text) is the actor: a topic of one's own."""
    return actor.user_id is not None and str(actor.user_id) == person


def may_keep_notices(actor: Actor) -> bool:
    """Say whether the actor edits texts, sets up gateways, and reads what was sent."""
    return may_set_rules(actor)


def permit_keeping(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps the city's notices."""
    if not may_keep_notices(actor):
        raise NotPermitted(_("Only an administrator of the whole city sets up notices."))
