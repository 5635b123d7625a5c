"""What the pages of a patrol area have around them: its tabs and its trail."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts.actor import actor_of
from linli.patrol.models import PatrolArea
from linli.patrol.policy import leads_area, permit_open
from linli.patrol.queries.areas import area_for


def opened(request: HttpRequest, area_id: UUID) -> PatrolArea:
    """Return the patrol area of a page; refuse whoever has nothing to do with patrols."""
    actor = actor_of(request)
    permit_open(actor)
    return area_for(actor, area_id)


def frame(request: HttpRequest, area: PatrolArea, current: str) -> dict[str, object]:
    """Return the context every page of a patrol area has."""
    words = {
        "area": _("Roster"), "routes": _("Routes"), "coverage": _("Coverage"),
        "points": _("Check points"), "teams": _("Teams"),
    }  # fmt: skip
    ways = [
        (reverse(f"patrol:{name}", args=[area.id]), word, "", name == current)
        for name, word in words.items()
    ]
    return {
        "area": area,
        "ways": ways,
        "leads": leads_area(actor_of(request), area),
        "trail": [(reverse("patrol:home"), _("Patrol"))],
    }
