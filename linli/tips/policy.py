"""Who may do what: giving is open to all who meet residents, reading only to the unit meant."""

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import RoleKind
from linli.accounts.policy import administered, covers
from linli.kernel.errors import NotPermitted


def visible_to(actor: Actor) -> Q:
    """Return the filter for the tips ``actor`` may read: those meant for a unit they work in."""
    return Q(unit__in=actor.units)


def may_take_in(actor: Actor) -> bool:
    """Say whether the actor works with residents and may write a tip down for one."""
    return any(role.kind not in CASELESS for role in actor.roles)


def permit_taking_in(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor may write a tip down."""
    if not may_take_in(actor):
        raise NotPermitted(_("Only people who receive residents take tips in."))


def permit_desks(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor may say who reads the tips of ``area``."""
    if not actor.reaches(area, {RoleKind.ADMINISTRATOR}):
        raise NotPermitted(_("Only an administrator of this area can do this."))


def desks_of(actor: Actor) -> Q:
    """Return the filter for the tip desks the actor names."""
    return covers(administered(actor))
