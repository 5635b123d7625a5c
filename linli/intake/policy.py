"""Who may bring a file in: whoever sits at a desk, into the areas that desk reaches.

An import puts thousands of matters on other people's tables without anybody looking at each. So it
is narrower than registering one: only desks, and only what lies in their own area and below.
Administrators keep the house and open no cases; they import none.
"""

from dataclasses import replace
from uuid import UUID

from linli.accounts.actor import Actor
from linli.cases.policy import DESK


def may_import(actor: Actor) -> bool:
    """Say whether the actor sits at a desk."""
    return any(role.kind in DESK and role.unit for role in actor.roles)


def at_desk(actor: Actor) -> Actor:
    """Return the actor with the roles they import in: those at a desk."""
    return replace(actor, roles=tuple(r for r in actor.roles if r.kind in DESK and r.unit))


def desk_of(actor: Actor) -> UUID:
    """Return the unit at whose desk the actor imports."""
    return next(role.unit for role in at_desk(actor).roles if role.unit)


def reach_of(actor: Actor) -> tuple[str, ...]:
    """Return the codes of the areas an import by the actor may put cases into."""
    return at_desk(actor).areas


def city_of(actor: Actor) -> str:
    """Return the city the actor's desk is in."""
    return reach_of(actor)[0][:4]
