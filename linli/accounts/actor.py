"""The actor: who is asking, with the roles that hold today. Every rule is asked of this value."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from linli.accounts.models import RoleKind

# These reach every case of their area and below; all others see only what was sent to them.
AREA_REACHING = frozenset(
    {
        RoleKind.GRID_WORKER,
        RoleKind.WINDOW_CLERK,
        RoleKind.CENTRE_DIRECTOR,
        RoleKind.DISPATCHER,
    }
)
# Auditors read logs, not people; administrators keep areas, people and policies.
CASELESS = frozenset({RoleKind.AUDITOR, RoleKind.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role: its kind, the code of its area, and the unit it works in."""

    kind: str
    area: str
    unit: UUID | None


@dataclass(frozen=True)
class Actor:
    """A person, or the system itself, with what they may reach.

    ``stands_in_for`` names the people on leave today whose cases the actor handles meanwhile.
    """

    user_id: UUID | None
    name: str
    roles: tuple[HeldRole, ...] = ()
    is_system: bool = False
    token_scopes: frozenset[str] | None = None
    stands_in_for: frozenset[UUID] = frozenset()

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Codes of the areas whose cases the actor reaches; none contains another."""
        codes = sorted({role.area for role in self.roles if role.kind in AREA_REACHING})
        kept: list[str] = []
        for code in codes:
            if not kept or not code.startswith(kept[-1]):
                kept.append(code)
        return tuple(kept)

    @cached_property
    def units(self) -> tuple[UUID, ...]:
        """Units whose cases the actor sees while the cases are with them."""
        return tuple(
            dict.fromkeys(
                role.unit for role in self.roles if role.unit and role.kind not in CASELESS
            )
        )

    def reaches(self, code: str, kinds: Iterable[str] = AREA_REACHING) -> bool:
        """Say whether a role of one of ``kinds`` covers the area ``code``."""
        return any(role.kind in kinds and code.startswith(role.area) for role in self.roles)

    def works_in(self, unit: UUID, kinds: Iterable[str] | None = None) -> bool:
        """Say whether the actor works in ``unit`` (in a role of ``kinds``, if given)."""
        return any(
            role.unit == unit
            and (kinds is None or role.kind in kinds)
            and role.kind not in CASELESS
            for role in self.roles
        )

    def holds(self, *kinds: str) -> bool:
        """Say whether the actor holds any of ``kinds`` anywhere."""
        return any(role.kind in kinds for role in self.roles)


def actor_of(request: HttpRequest) -> Actor:
    """Return who is asking, as the middleware or the API's door has put it on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


SYSTEM = Actor(user_id=None, name="Linli", is_system=True)


def desk_actor(unit: UUID, area: str) -> Actor:
    """Return Linli itself sitting at the desk of ``unit`` of ``area``: what a channel without a
    person there takes in with, under that desk's scope and rights and no more.
    """
    return Actor(user_id=None, name="Linli", roles=(HeldRole(RoleKind.WINDOW_CLERK, area, unit),))
