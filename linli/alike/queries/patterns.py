"""What keeps coming back from one place: patterns of an area, and those a case is part of."""

from dataclasses import dataclass

from django.db.models import QuerySet

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area, in_areas
from linli.alike.models import Pattern
from linli.alike.places import spot_of
from linli.alike.policy import permit_patterns
from linli.areas.places import area_names
from linli.cases.models import Case
from linli.cases.queries.categories import categories

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Returning:
    """A pattern with its names. ``where`` is the path of the area."""

    pattern: Pattern
    where: str
    category: str


def patterns(actor: Actor, area: str, *, most: int = SHOWN) -> list[Returning]:
    """Return the patterns of an area and all below it, the most frequent first.

    Raises :class:`NotPermitted` unless the actor reaches the area.
    """
    permit_patterns(actor, area)
    found = Pattern.objects.filter(in_areas(actor), in_area(area))
    return _named(found.order_by("-cases", "-last_at", "id")[:most])


def patterns_at(case: Case, actor: Actor) -> list[Returning]:
    """Return the patterns of the place a case is of, its own category first."""
    spot = spot_of(case.place, case.latitude, case.longitude)
    if not spot or not actor.reaches(case.area_id):
        return []
    here = Pattern.objects.filter(in_areas(actor), area=case.area_id, spot=spot)
    rows = _named(here.order_by("-cases"))
    return sorted(rows, key=lambda one: one.pattern.category != case.category_id)


def _named(found: QuerySet[Pattern]) -> list[Returning]:
    rows = list(found)
    names = area_names(row.area for row in rows)
    labels = {one.code: one.label for one in categories()}
    return [Returning(row, names[row.area], labels.get(row.category, "")) for row in rows]
