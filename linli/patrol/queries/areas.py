"""The patrol areas somebody sees, and one of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import NotFound
from linli.patrol.models import PatrolArea, ShiftPattern, Skill
from linli.patrol.policy import areas_visible_to


@dataclass(frozen=True, slots=True)
class Line:
    """A patrol area in the list: how many teams it has, and how many are out."""

    area: PatrolArea
    teams: int
    out: int


def areas_of(actor: Actor, at: datetime) -> list[Line]:
    """Return the patrol areas somebody sees, by where they are and by name."""
    out = Q(shifts__published=True, shifts__starts_at__lte=at, shifts__ends_at__gt=at)
    rows = (
        PatrolArea.objects.filter(areas_visible_to(actor))
        .select_related("area")
        .annotate(
            team_count=Count("teams", filter=Q(teams__dissolved_on=None), distinct=True),
            out_count=Count("shifts", filter=out, distinct=True),
        )
        .order_by("area", "name", "id")
    )
    return [Line(row, row.team_count, row.out_count) for row in rows]


def area_for(actor: Actor, area_id: UUID) -> PatrolArea:
    """Return a patrol area somebody sees; raises :class:`NotFound`."""
    found = (
        PatrolArea.objects.filter(areas_visible_to(actor), pk=area_id)
        .select_related("area", "unit")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such patrol area here."))
    return found


def pattern_words(language: str) -> dict[str, str]:
    """Return the names of the kinds of shifts."""
    return {one.code: _label(one, language) for one in ShiftPattern.objects.all()}


def skill_words(language: str) -> dict[str, str]:
    """Return the names of the skills."""
    return {one.code: _label(one, language) for one in Skill.objects.all()}


def _label(row: ShiftPattern | Skill, language: str) -> str:
    return row.name if language.startswith("zh") else row.name_en or row.name
