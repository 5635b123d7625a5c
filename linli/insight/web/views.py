"""The page of figures: an area, a period, and what was made of the cases registered in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, actor_of
from linli.areas.choosing import FiguresForm, below, choices, way_to
from linli.areas.models import Area
from linli.cases.choices import Channel, Kind, State
from linli.cases.models import Category
from linli.insight import queries
from linli.insight.links import CaseLinks, behind
from linli.insight.models import Facet
from linli.insight.panels import Bar, bars, level_bars, percent, rows_below, trend
from linli.insight.tiles import home_tiles, now_tiles
from linli.kernel.periods import period_before
from linli.kernel.working_days import local_date

_DISPUTE = Kind.DISPUTE.value


def home(request: HttpRequest) -> HttpResponse:
    """Show the figures of ``?area=…`` and ``&period=…`` or ``&since=…&until=…``."""
    actor = actor_of(request)
    at = timezone.now()
    path = way_to(actor, request.GET.get("area", ""))
    area, children = path[-1], below(path[-1].code)
    form = FiguresForm(
        {"area": area.code, **request.GET.dict()},
        areas=choices(actor, path, children),
        today=local_date(at),
    )
    status = 200 if form.is_valid() else 422
    context = {
        "area": area,
        "form": form,
        "has_wall": actor.reaches(area.code),
        "trail": [(_address(form, one.code), one.name) for one in path[:-1]],
        "title": _("Figures: %(area)s") % {"area": area.name},
        "shown": form.chosen,
        "periods": form.tabs(area.code),
        "chips": form.chips(area.code),
        **_panels(actor, area.code, children, form, at),
    }
    return TemplateResponse(request, "insight/home.html", context, status=status)


def _address(form: FiguresForm, code: str) -> str:
    return f"{reverse('insight:home')}?area={code}{form.kept}"


def _panels(
    actor: Actor, code: str, children: list[Area], form: FiguresForm, at: datetime
) -> dict[str, Any]:
    period = form.chosen
    links = CaseLinks(actor, code, period)
    found = queries.figures(code, period, at)
    earlier = period_before(period)
    open_cases = queries.now(code, at, len(children[0].code) if children else None)
    now = queries.sum_of(open_cases.values())
    before = queries.figures(code, earlier, at, (Facet.STATE, Facet.LEVEL)) if earlier else None
    codes = [child.code for child in children]
    parts = queries.below(code, codes, period, at)
    return {
        "earlier": earlier,
        "tiles": home_tiles(found, before, links),
        "now": now_tiles(now, links),
        "levels": level_bars(
            found, _DISPUTE, lambda key: links(kind=_DISPUTE, state="done", level=key)
        ),
        "columns": _columns(found, links),
        "trend": trend(queries.by_month_of(code, period, at), links.span),
        "rows": rows_below(children, parts, open_cases, behind(actor, period)),
        "beside": found.total().cases - sum(one.total().cases for one in parts.values()),
        "figures_url": reverse("insight:home"),
        "chosen": form.kept,
    }


def _columns(found: queries.Figures, links: CaseLinks) -> list[list[tuple[str, list[Bar]]]]:
    """Return three columns of lists of bars with their headings."""
    kinds, states, channels = (dict(one.choices) for one in (Kind, State, Channel))
    types = found.by(Facet.CATEGORY, _DISPUTE)
    return [
        [
            (_("By kind"), _facet(found.by_kind(), kinds, lambda key: links(kind=key))),
            (_("By state"), _facet(found.by(Facet.STATE), states, lambda key: links(state=key),
                                   resolved=False)),
        ],
        [(_("By channel"), _facet(found.by(Facet.CHANNEL), channels,
                                  lambda key: links(channel=key)))],
        [(_("Disputes by type"), _facet(types, _category_names(),
                                        lambda key: links(kind=_DISPUTE, category=key)))],
    ]  # fmt: skip


def _facet(
    counts: dict[str, queries.Counts],
    names: dict[str, Any],
    url: Callable[[str], str],
    *,
    resolved: bool = True,
) -> list[Bar]:
    """Return bars, the most first; a note says which share is resolved."""
    rows = sorted(counts.items(), key=lambda item: -item[1].cases)
    return bars(
        [
            (names.get(key) or key or _("not classified"), key, count.cases,
             _("%(share)s resolved") % {"share": percent(count.rate)} if resolved else "")
            for key, count in rows
            if count.cases
        ],
        url,
    )  # fmt: skip


def _category_names() -> dict[str, str]:
    english = get_language() == "en"
    return {
        code: (name_en if english else "") or name
        for code, name, name_en in Category.objects.values_list("code", "name", "name_en")
    }
