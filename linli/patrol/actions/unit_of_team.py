"""A patrol team as a unit of dispatch: one link, the unit of the division tree both stand on."""

from linli.dispatch.actions.found_unit import UnitData
from linli.dispatch.choices import UnitKind
from linli.patrol.choices import TeamKind
from linli.patrol.models import Team

LONGEST = 60


def unit_data(team: Team) -> UnitData:
    """Return what dispatch writes down about a team: its post is where its routes begin."""
    area = team.patrol_area
    name = team.name if team.name.startswith(area.name) else f"{area.name}{team.name}"
    return UnitData(
        kind=UnitKind.VOLUNTEER if team.kind == TeamKind.VOLUNTEERS else UnitKind.PATROL,
        name=name[:LONGEST], area=area.area_id, latitude=area.latitude, longitude=area.longitude,
        mode=team.mode,
    )  # fmt: skip
