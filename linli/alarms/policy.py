"""Who may see an alarm and who may do what to it: the single source of both."""

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.policy import may_set_rules
from linli.accounts.scope import in_area
from linli.alarms.models import Alarm
from linli.areas.codes import LENGTH_OF, Level
from linli.kernel.errors import NotPermitted

# They answer for what happens in an area now.
ANSWERING = frozenset({RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR})

# They say when and where alarms ring.
KEEPING = frozenset({RoleKind.ADMINISTRATOR, RoleKind.CENTRE_DIRECTOR})

# Down to which level a centre may warn the public: the city's and the counties'.
WARNING_LENGTH = LENGTH_OF[Level.COUNTY]


def answering_areas(actor: Actor) -> list[str]:
    """Return the codes of the areas whose alarms the actor answers; none contains another."""
    codes = sorted({role.area for role in actor.roles if role.kind in ANSWERING})
    return [code for code in codes if not any(code != up and code.startswith(up) for up in codes)]


def visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the alarms ``actor`` may see: of the areas they answer for.

    ``way`` leads to the alarm from another table, such as ``"alarm__"``.
    """
    if actor.is_system:
        return Q()
    found = Q(pk__in=[])
    for code in answering_areas(actor):
        found |= in_area(code, f"{way}area")
    return found


def may_open(actor: Actor) -> bool:
    """Open the pages of this room: dispatchers and directors."""
    return actor.is_system or actor.holds(*ANSWERING)


def may_act(actor: Actor, alarm: Alarm) -> bool:
    """Answer, hand on, reset: a dispatcher or director of the alarm's area or of one above."""
    return actor.is_system or actor.reaches(alarm.area_id, ANSWERING)


def may_listen(actor: Actor, area: str) -> bool:
    """Hear of the alarms of ``area`` and below as they come."""
    return actor.reaches(area, ANSWERING)


def keeping_areas(actor: Actor) -> list[str]:
    """Return the codes of the areas whose alarm desks the actor sets."""
    return sorted({role.area for role in actor.roles if role.kind in KEEPING})


def may_keep_desks(actor: Actor, area: str) -> bool:
    """Set when and where alarms ring: an administrator or director of the area or of one above."""
    return actor.is_system or actor.reaches(area, KEEPING)


def permit_open(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor answers alarms anywhere."""
    if not may_open(actor):
        raise NotPermitted(
            _("Alarms are answered by dispatchers and directors."),
            _("In danger call 110, 119 or 120."),
        )


def permit_act(actor: Actor, alarm: Alarm) -> None:
    """Raise :class:`NotPermitted` unless the actor answers the alarms of its area."""
    if not may_act(actor, alarm):
        raise NotPermitted(_("Alarms are answered by dispatchers and directors of their area."))


def permit_keep_desks(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor sets the alarm desk of ``area``."""
    if not may_keep_desks(actor, area):
        raise NotPermitted(_("Alarm desks are set by the administrator or director of the area."))


def permit_keep_desks_anywhere(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor sets alarm desks somewhere."""
    if not keeping_areas(actor):
        raise NotPermitted(_("Alarm desks are set by the administrator or director of the area."))


def warning_areas(actor: Actor) -> list[str]:
    """Return the codes of the areas in which the actor may warn the public."""
    return sorted(
        role.area
        for role in actor.roles
        if role.kind == RoleKind.CENTRE_DIRECTOR and len(role.area) <= WARNING_LENGTH
    )


def may_warn(actor: Actor, area: str) -> bool:
    """Warn the public: the director of the county's or the city's centre over that area."""
    return any(area.startswith(code) for code in warning_areas(actor))


def permit_warn(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor may warn the public in ``area``."""
    if not may_warn(actor, area):
        raise NotPermitted(
            _("The public is warned by directors of a county's or the city's centre."),
            _("Call the director on duty."),
        )


def permit_open_warnings(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor warns the public somewhere."""
    permit_warn(actor, next(iter(warning_areas(actor)), ""))


def may_connect(actor: Actor) -> bool:
    """Say whether the actor lets other systems in: an administrator of the city."""
    return may_set_rules(actor)


def permit_connect(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor lets other systems in."""
    if not may_connect(actor):
        raise NotPermitted(_("Only an administrator of the whole city can do this."))
