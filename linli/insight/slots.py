"""What the figures put on other apps' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.accounts.figures import may_read
from linli.areas.choosing import below
from linli.areas.models import Area
from linli.cases.choices import Kind
from linli.insight import queries
from linli.insight.links import CaseLinks, behind
from linli.insight.models import Facet
from linli.insight.panels import level_bars, rows_below, trend
from linli.insight.tiles import area_tiles, now_tiles
from linli.kernel.periods import Period

_SHOWN = (Facet.STATE, Facet.LEVEL)


def area_figures(request: HttpRequest, *, area: Area) -> SafeString:
    """Return the figures of an area for its page; nothing for who may not read them."""
    actor = actor_of(request)
    if not may_read(actor, area.code):
        return SafeString("")
    at = timezone.now()
    links = CaseLinks(actor, area.code)
    children = below(area.code)
    length = len(children[0].code) if children else len(area.code)
    open_cases = queries.now(area.code, at, length)
    now = queries.sum_of(open_cases.values())
    found = queries.figures(area.code, Period(), at, _SHOWN)
    codes = [child.code for child in children]
    context = {
        "area": area,
        "tiles": area_tiles(found, links),
        "now": now_tiles(now, links),
        "levels": level_bars(found, Kind.DISPUTE, lambda level: links(
            kind=Kind.DISPUTE.value, state="done", level=level)),
        "trend": trend(queries.by_month(area.code, at), links.span),
        "rows": rows_below(
            children, queries.below(area.code, codes, Period(), at, _SHOWN), open_cases,
            behind(actor),
        ),
        "figures_url": reverse("insight:home"),
    }  # fmt: skip
    return render_to_string("insight/area_figures.html", context, request)
