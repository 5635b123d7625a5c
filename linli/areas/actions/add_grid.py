"""Add a grid below a village: three digits of our own after the village's code, and its post."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.actions.step import begin_area, named
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.models import Area, AreaChange, Unit, UnitKind
from linli.audit.record import record
from linli.kernel.errors import IllegalMove

MOST_GRIDS = 999


@transaction.atomic
def add_grid(village: str, *, name: str, actor: Actor, at: datetime) -> Area:
    """Save a grid under the village's next free number; numbers of abolished grids stay taken."""
    above = begin_area(village, actor)
    if above.level != Level.VILLAGE:
        raise IllegalMove(_("Only a village or community is divided into grids."))
    name = named(name, 60)
    grids = Area.objects.filter(parent=above, level=Level.GRID)
    last = grids.aggregate(last=Max("code"))["last"]
    number = int(last[LENGTH_OF[Level.VILLAGE] :]) + 1 if last else 1
    if number > MOST_GRIDS:
        raise IllegalMove(_("All %(most)d grid numbers are used up.") % {"most": MOST_GRIDS})
    grid = Area.objects.create(
        code=f"{village}{number:03d}", name=name, level=Level.GRID, parent=above
    )
    AreaChange.objects.create(area=grid, at=at, kind="added", after=name)
    post = Unit.objects.create(area=grid, kind=UnitKind.GRID, name=name)
    facts = {"post": str(post.id)}
    record("area", grid.code, "area.add_grid", actor=actor.user_id, at=at, facts=facts)
    return grid
