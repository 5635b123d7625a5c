"""Who may see an incident, dispatch, answer for a unit, and set what dispatch goes by.

An incident is seen by whoever sees its case, and by a unit that is out to it. Where units are is
seen by dispatchers and directors who reach them, and by the unit's own leader.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area, in_areas
from linli.areas.codes import LENGTH_OF, Level
from linli.cases.policy import visible_to as of_cases
from linli.dispatch.models import Assignment, DispatchUnit, Incident
from linli.kernel.errors import NotPermitted

DISPATCHING = frozenset({RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR})
SETTING = frozenset({RoleKind.CENTRE_DIRECTOR, RoleKind.ADMINISTRATOR})
KEEPING = DISPATCHING | SETTING
# Whose phone may say where the unit is, and who of a unit sees it.
LEADING = frozenset({RoleKind.PATROL_LEADER})


def visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the incidents ``actor`` may see.

    ``way`` leads to the incident from another table, such as ``"incident__"``.
    """
    if actor.is_system:
        return Q()
    out = Assignment.objects.filter(unit__team__in=actor.units, ended_at=None)
    return of_cases(actor, f"{way}case__") | Q(**{f"{way}pk__in": out.values("incident")})


def units_of(actor: Actor) -> Q:
    """Return the filter for the units whose people the actor is one of."""
    return Q(team__in=actor.units)


def units_sent_by(actor: Actor) -> Q:
    """Return the filter for the units an actor may send: those at home in their areas."""
    if actor.is_system:
        return Q()
    found = Q(pk__in=[])
    for role in actor.roles:
        if role.kind in DISPATCHING:
            found |= in_area(role.area, "area_id")
    return found


def units_known_to(actor: Actor) -> Q:
    """Return the filter for the units an actor sees in lists: to send, to keep, or their own."""
    if actor.is_system:
        return Q()
    found = units_of(actor) | in_areas(actor, "area_id")
    for role in actor.roles:
        if role.kind in SETTING:
            found |= in_area(role.area, "area_id")
    return found


def may_dispatch(actor: Actor, area: str) -> bool:
    """Open incidents, send units, close: a dispatcher or director who reaches the area."""
    return actor.is_system or actor.reaches(area, DISPATCHING)


def dispatches(actor: Actor) -> bool:
    """Say whether the actor dispatches anywhere."""
    return actor.holds(*DISPATCHING)


def may_answer(actor: Actor, assignment: Assignment) -> bool:
    """Answer for a unit: its own people, or by radio a dispatcher who reaches it."""
    own = actor.works_in(assignment.unit.team_id)
    return own or may_dispatch(actor, assignment.incident.area_id)


def may_put_on_duty(actor: Actor, unit: DispatchUnit) -> bool:
    """Begin or end a unit's shift: its own people, or whoever dispatches it."""
    return actor.works_in(unit.team_id) or may_dispatch(actor, unit.area_id)


def may_keep_unit(actor: Actor, area: str) -> bool:
    """Found a unit, say what it can, take it out of service: who dispatches or administers there."""
    return actor.is_system or actor.reaches(area, KEEPING)


def sees_positions(actor: Actor, unit: DispatchUnit) -> bool:
    """See where a unit is: whoever dispatches it, and its own leader."""
    return may_dispatch(actor, unit.area_id) or actor.works_in(unit.team_id, LEADING)


def may_set_for(actor: Actor, area: str) -> bool:
    """Set plans and targets of an area: its director or administrator, or one above.

    The empty area is the whole installation: the city's.
    """
    if not area:
        return may_set_kinds(actor)
    return actor.reaches(area, SETTING)


def may_set_kinds(actor: Actor) -> bool:
    """Set kinds, questions, run cards, skills: directors and administrators of the city."""
    held = [role.area for role in actor.roles if role.kind in SETTING]
    return actor.is_system or any(len(code) <= LENGTH_OF[Level.CITY] for code in held)


def permit_dispatch(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor dispatches in the area."""
    if not may_dispatch(actor, area):
        raise NotPermitted(
            _("Incidents are led by dispatchers and directors who cover the place."),
            _("Call the dispatcher of your city."),
        )


def permit_answer(actor: Actor, assignment: Assignment) -> None:
    """Raise :class:`NotPermitted` unless the actor answers for the unit."""
    if not may_answer(actor, assignment):
        raise NotPermitted(_("Only the people of the unit, or a dispatcher, can answer for it."))


def permit_keep_unit(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps the units of the area."""
    if not may_keep_unit(actor, area):
        raise NotPermitted(
            _("Units are kept by dispatchers, directors and administrators of their area.")
        )


def permit_set_for(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor sets plans and targets there."""
    if not may_set_for(actor, area):
        raise NotPermitted(
            _("Only a director or an administrator of this area, or of one above, can do this.")
        )


def permit_set_kinds(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor sets what the whole city dispatches by."""
    if not may_set_kinds(actor):
        raise NotPermitted(_("Only a director or an administrator of the city can do this."))


def of_incident(actor: Actor, incident: Incident) -> bool:
    """Say whether the actor leads this incident, as opposed to being out to it."""
    return may_dispatch(actor, incident.area_id)


def permit_board(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor dispatches anywhere."""
    if not dispatches(actor):
        raise NotPermitted(
            _("The board is for dispatchers and directors."),
            _("In danger call 110, 119 or 120."),
        )


def may_set(actor: Actor) -> bool:
    """Open the pages of what is dispatched by: directors and administrators."""
    return actor.holds(*SETTING)
