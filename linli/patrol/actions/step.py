"""The first part of every action here: find under the actor's scope, and lock."""

from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, NotFound, Stale
from linli.patrol.models import PatrolArea, Plan, Shift, Team
from linli.patrol.policy import areas_visible_to, of_visible_areas


def locked_area(area_id: UUID, actor: Actor) -> PatrolArea:
    """Return a visible patrol area with its row locked: rosters of one area are made one by one."""
    found = (
        PatrolArea.objects.select_for_update(of=("self",), no_key=True)
        .filter(areas_visible_to(actor), pk=area_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such patrol area here."))
    return found


def locked_plan(plan_id: UUID, actor: Actor, *, seen: int | None = None) -> Plan:
    """Return a visible roster with its area and itself locked; ``seen`` is the version shown."""
    found = Plan.objects.filter(of_visible_areas(actor), pk=plan_id).first()
    if found is None:
        raise NotFound(_("There is no such roster here."))
    area = locked_area(found.patrol_area_id, actor)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    plan.patrol_area = area
    if seen is not None and seen != plan.version:
        raise Stale(
            _("Somebody changed this roster meanwhile."), _("Look at it again before you go on.")
        )
    return plan


def visible_team(team_id: UUID, actor: Actor) -> Team:
    """Return a team of a visible patrol area that still goes out, locked."""
    found = (
        Team.objects.select_for_update(of=("self",), no_key=True)
        .select_related("patrol_area", "unit")
        .filter(of_visible_areas(actor), pk=team_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such team here."))
    if found.dissolved_on is not None:
        raise IllegalMove(_("This team was dissolved."))
    return found


def visible_shift(shift_id: UUID, actor: Actor) -> Shift:
    """Return a shift of a published roster that the actor sees."""
    found = (
        Shift.objects.select_related("patrol_area", "team", "pattern")
        .filter(of_visible_areas(actor), pk=shift_id, published=True)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such shift here."))
    return found
