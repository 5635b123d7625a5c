"""The wall: today's figures of an area and of its townships in turn, for a screen across the room."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.areas.choosing import way_to
from linli.dispatch.policy import may_dispatch
from linli.insight.wall import panels
from linli.insight.wall_cards import cards
from linli.kernel.errors import NotPermitted


@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wall of ``?area=…``, the actor's own unless said; ``&live`` gives what changes."""
    actor, at = actor_of(request), timezone.now()
    area = way_to(actor, request.GET.get("area", ""))[-1]
    # It counts cases and shows them on its map: for those who reach all of them.
    if not actor.reaches(area.code):
        raise NotPermitted(
            _("The wall is for those who work on all cases of an area."),
            _("The page of figures shows the same numbers."),
        )
    within = urlencode({"area": area.code})
    context = {
        "area": area,
        "panels": panels(area, at),
        "cards": cards(actor, area.code, at),
        "topics": " ".join(_topics(actor, area.code)),
        "at": at,
        "theme": "dark",
        "wall_url": f"{reverse('insight:wall')}?{within}",
        "points_url": f"{reverse('cases:points')}?{within}&state=open",
        "shapes_url": f"{reverse('areas:shapes')}?{urlencode({'within': area.code})}",
    }
    part = "insight/wall.html#live" if "live" in request.GET else "insight/wall.html"
    return TemplateResponse(request, part, context)


def _topics(actor: Actor, area: str) -> list[str]:
    live = [f"alarms:{area}", f"dispatch:{area}"] if may_dispatch(actor, area) else []
    return ["figures", *live]
