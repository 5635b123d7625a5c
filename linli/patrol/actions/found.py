"""Found: a patrol area, and a team in one. Each is a unit, so that people can hold roles in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape

from linli.accounts.actor import Actor
from linli.areas.actions.open_unit import UnitData, open_unit
from linli.areas.models import UnitKind
from linli.audit.record import record
from linli.dispatch.actions.found_unit import found_unit
from linli.kernel.errors import Invalid
from linli.patrol.actions.step import locked_area
from linli.patrol.actions.unit_of_team import unit_data
from linli.patrol.choices import TeamKind, TeamMode
from linli.patrol.models import PatrolArea, Team
from linli.patrol.policy import permit_keep

MOST_POINTS, MOST_A_WEEK, LARGEST = 2_000, 28, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamData:
    """What is written down about a team."""

    name: str
    kind: str
    mode: str = TeamMode.FOOT
    strength: int = 2
    weekly: int = 5


@transaction.atomic
def found_area(
    area: str, *, name: str, boundary: Any, base: tuple[float, float] | None = None,
    actor: Actor, at: datetime,
) -> PatrolArea:  # fmt: skip
    """Set a patrol area up. ``boundary`` is a GeoJSON polygon; routes begin at ``base`` or inside."""
    permit_keep(actor, [area])
    ring = polygon(boundary)
    middle = ring.representative_point()
    longitude, latitude = base or (middle.x, middle.y)
    unit = open_unit(area, kind=UnitKind.TEAM, data=UnitData(name=name), actor=actor, at=at)
    made = PatrolArea(
        name=unit.name, area_id=area, unit=unit, boundary=boundary,
        longitude=longitude, latitude=latitude,
    )  # fmt: skip
    made.save(force_insert=True)
    facts = {"area": area, "unit": str(unit.id)}
    record("patrol_area", made.id, "patrol.found", actor=actor.user_id, at=at, facts=facts)
    return made


@transaction.atomic
def found_team(area_id: UUID, data: TeamData, *, actor: Actor, at: datetime) -> Team:
    """Set a team up in a patrol area; it is a unit of dispatch too, off duty at first."""
    area = locked_area(area_id, actor)
    permit_keep(actor, [area.area_id])
    check_team(data)
    unit = open_unit(
        area.area_id, kind=UnitKind.TEAM, data=UnitData(name=data.name), actor=actor, at=at
    )
    team = Team(
        patrol_area=area, unit=unit, name=unit.name, kind=data.kind, mode=data.mode,
        strength=data.strength, weekly=data.weekly,
    )  # fmt: skip
    team.save(force_insert=True)
    facts = {"area": str(area.id), "kind": data.kind, "unit": str(unit.id)}
    record("patrol_team", team.id, "patrol.found_team", actor=actor.user_id, at=at, facts=facts)
    found_unit(unit.id, unit_data(team), actor=actor, at=at)
    return team


def check_team(data: TeamData) -> None:
    """Raise :class:`Invalid` with a sentence for each field that can't stand."""
    wrong: dict[str, str] = {}
    if data.kind not in TeamKind.values:
        wrong["kind"] = _("Choose a kind.")
    if data.mode not in TeamMode.values:
        wrong["mode"] = _("Choose one.")
    if not 1 <= data.strength <= LARGEST:
        wrong["strength"] = _("A number from 1 to %(most)d.") % {"most": LARGEST}
    if not 1 <= data.weekly <= MOST_A_WEEK:
        wrong["weekly"] = _("A number from 1 to %(most)d.") % {"most": MOST_A_WEEK}
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)


def polygon(boundary: Any) -> Any:
    """Return a GeoJSON polygon as a shape; raise :class:`Invalid` for anything else."""
    reason = _("The area is not a polygon that can be read.")
    try:
        found = shape(boundary)
        usable = found.geom_type == "Polygon" and not found.is_empty and found.is_valid
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise Invalid(reason, {"boundary": reason}) from None
    if not usable or shapely.get_num_coordinates(found) > MOST_POINTS:
        raise Invalid(reason, {"boundary": reason})
    return found
