"""Who may see what of patrols, and who may do what: the filters say what row security says.

A patrol area is led by the patrol leaders of its unit, a team by those of its own. Rosters and
routes are known to everybody of the patrol area and to whoever reaches it; a track is for the member
it is of and for the leader of the team.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_areas
from linli.kernel.errors import NotPermitted
from linli.patrol.models import PatrolArea, Team

LEADER = frozenset({RoleKind.PATROL_LEADER})
WALKERS = LEADER | {RoleKind.PATROL_MEMBER, RoleKind.VOLUNTEER}
DIRECTOR = frozenset({RoleKind.CENTRE_DIRECTOR})
KEEPERS = frozenset({RoleKind.ADMINISTRATOR})


def areas_visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for patrol areas one reaches, leads, keeps or walks in."""
    if actor.is_system:
        return Q()
    walks = Team.objects.filter(unit__in=actor.units).values("patrol_area")
    found = in_areas(actor, f"{way}area_id") | Q(**{f"{way}unit__in": actor.units})
    for role in actor.roles:
        if role.kind == RoleKind.ADMINISTRATOR:
            found |= Q(**{f"{way}area__code__startswith": role.area})
    return found | Q(**{f"{way}pk__in": walks})


def of_visible_areas(actor: Actor) -> Q:
    """Return the filter for rows of those areas: rosters, routes, what was seen."""
    return areas_visible_to(actor, "patrol_area__")


def tracks_visible_to(actor: Actor) -> Q:
    """Return the filter for positions: one's own, and those of the team one leads."""
    if actor.is_system:
        return Q()
    led = [role.unit for role in actor.roles if role.kind in LEADER and role.unit]
    return Q(user=actor.user_id) | Q(team__unit__in=led)


def reads_tracks(actor: Actor, team: Team) -> bool:
    """Say whether the actor reads the tracks of a team's members: its own leader, and nobody else."""
    return actor.works_in(team.unit_id, LEADER)


def leads_area(actor: Actor, area: PatrolArea) -> bool:
    """Say whether the actor leads a patrol area, or directs the centre over it."""
    return (
        actor.is_system
        or actor.works_in(area.unit_id, LEADER)
        or actor.reaches(area.area_id, DIRECTOR)
    )


def leads_team(actor: Actor, team: Team) -> bool:
    """Say whether the actor leads a team: by itself, or with its patrol area."""
    return actor.works_in(team.unit_id, LEADER) or leads_area(actor, team.patrol_area)


def keeps(actor: Actor, area: str) -> bool:
    """Say whether the actor sets up patrol areas and teams of ``area``."""
    return actor.is_system or actor.reaches(area, KEEPERS)


def keeps_rules(actor: Actor) -> bool:
    """Say whether the actor sets the rules of rest of the whole city."""
    return actor.is_system or actor.holds(*KEEPERS)


def may_open(actor: Actor) -> bool:
    """Open the pages of this room: whoever walks, reaches an area, or keeps house."""
    return actor.is_system or any(
        role.kind in WALKERS | KEEPERS | DIRECTOR or role.kind == RoleKind.DISPATCHER
        for role in actor.roles
    )


def permit_open(actor: Actor) -> None:
    """Raise :class:`NotPermitted` where the actor has nothing to do with patrols."""
    if not may_open(actor):
        raise NotPermitted(_("These pages are for those who walk patrols and lead them."))


def walks(actor: Actor) -> bool:
    """Say whether the actor goes out with a team."""
    return any(role.kind in WALKERS and role.kind not in CASELESS for role in actor.roles)


def permit(may: bool, *, of_area: bool = True) -> None:
    """Raise :class:`NotPermitted` unless a leader asks."""
    if may:
        return
    if of_area:
        raise NotPermitted(
            _("Only the leaders of this patrol area can do this."), _("Ask one of them.")
        )
    raise NotPermitted(_("Only the leader of this team can do this."))


def permit_keep(actor: Actor, codes: Iterable[str]) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps house in all these areas."""
    if not all(keeps(actor, code) for code in codes):
        raise NotPermitted(
            _("Patrol areas and teams are set up by the administrator."),
            _("Ask the administrator of your city."),
        )
