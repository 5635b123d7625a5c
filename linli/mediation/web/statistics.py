"""The page of the official form, its Excel, and the mediations behind a figure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from linli.accounts.actor import Actor, actor_of
from linli.accounts.figures import permit
from linli.areas.choosing import FiguresForm, below, choices, way_to
from linli.areas.codes import level_of
from linli.areas.models import Area
from linli.kernel.errors import Invalid
from linli.kernel.periods import Period
from linli.kernel.working_days import local_date
from linli.mediation.form_words import headings, naming
from linli.mediation.models import Committee
from linli.mediation.policy import MEDIATORS
from linli.mediation.queries.counted import Selection, counted
from linli.mediation.queries.statistics import statistics
from linli.mediation.web.form_panels import NOTHING, Links, tables, tiles
from linli.mediation.web.form_sheet import sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the form of ``?area=…`` and ``&period=…`` or ``&since=…&until=…``."""
    actor, at = actor_of(request), timezone.now()
    path, form = asked(request, actor)
    area = path[-1]
    found = statistics(area.code, form.chosen, at)
    links = Links(actor, area.code, form.chosen)
    earlier = Links(actor, area.code, found.earlier)
    address = reverse("mediation:statistics")
    context = {
        "area": area,
        "form": form,
        "trail": [(f"{address}?area={one.code}{form.kept}", one.name) for one in path[:-1]],
        "title": _("Mediation statistics: %(area)s") % {"area": area.name},
        "shown": form.chosen,
        "earlier": found.earlier,
        "periods": form.tabs(area.code),
        "chips": form.chips(area.code),
        "tiles": tiles(found, links),
        "tables": tables(found, links, earlier),
        "found": found,
        "sheet_url": f"{reverse('mediation:statistics_sheet')}?area={area.code}{form.kept}",
        "results_url": f"{reverse('mediation:results')}?area={area.code}{form.kept}"
        if actor.holds(*MEDIATORS)
        else "",
    }
    status = 200 if form.is_valid() else 422
    return render(request, "mediation/statistics.html", context, status=status)


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """Send the same form as a workbook."""
    actor, at = actor_of(request), timezone.now()
    path, form = asked(request, actor)
    if not form.is_valid():
        raise Invalid(_("The period ends before it begins."))
    area = path[-1]
    body = sheet(area.name, form.chosen, statistics(area.code, form.chosen, at), local_date(at))
    response = HttpResponse(body, content_type=XLSX)
    name = f"mediation-{area.code}-{local_date(at):%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """Show the mediations behind a figure, as far as the person sees them."""
    actor = actor_of(request)
    selection = selection_of(request, actor)
    rows, after = counted(actor, selection, after=request.GET.get("after", ""))
    context = {"rows": rows, "after": after, "trail": _trail(selection), **_told(selection)}
    return render(request, "mediation/counted.html", context)


def asked(request: HttpRequest, actor: Actor) -> tuple[list[Area], FiguresForm]:
    """Return the way down to the asked area, and the form that chooses area and period."""
    path = way_to(actor, request.GET.get("area", ""))
    code = path[-1].code
    form = FiguresForm(
        {"area": code, **request.GET.dict()},
        areas=choices(actor, path, below(code)),
        today=local_date(timezone.now()),
        usual="all",
    )
    form.is_valid()
    return path, form


def selection_of(request: HttpRequest, actor: Actor) -> Selection:
    """Return the figure an address names; raises :class:`Invalid` where it names none."""
    area = request.GET.get("area", "")
    level_of(area)
    permit(actor, area)
    form = FiguresForm(
        {**request.GET.dict(), "period": "all"},
        areas=[(area, area)],
        today=local_date(timezone.now()),
    )
    facet = request.GET.get("facet", "")
    value = request.GET.get("value", "")
    if not form.is_valid() or (facet and facet not in headings()):
        raise Invalid(_("There is no such figure."))
    return Selection(
        area, form.chosen, facet, "" if value == NOTHING else value,
        resolved="resolved" in request.GET, hard="hard" in request.GET, ended="ended" in request.GET,
        committee=_key(request, "committee"), user=_key(request, "user"),
    )  # fmt: skip


def _key(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET[name]) if name in request.GET else None
    except ValueError:
        raise Invalid(_("There is no such figure.")) from None


def _trail(selection: Selection) -> list[tuple[str, str]]:
    days = {"since": selection.period.first, "until": selection.period.last}
    kept = "".join(f"&{name}={day}" for name, day in days.items() if day)
    address = f"{reverse('mediation:statistics')}?area={selection.area}{kept}"
    return [(address, _("Mediation statistics"))]


def _told(selection: Selection) -> dict[str, Any]:
    """Return what the list says of its figure: the place, the days and what was chosen."""
    words = [Area.objects.get(code=selection.area).name, _days(selection.period)]
    if selection.committee:
        words += Committee.objects.filter(pk=selection.committee).values_list("name", flat=True)
    if selection.facet:
        value = naming(selection.facet)(selection.value)
        group = headings()[selection.facet]
        words.append(_("%(group)s: %(value)s") % {"group": group, "value": value})
    words += [pgettext("mediations", "resolved")] if selection.resolved else []
    words += [_("hard and complicated")] if selection.hard else []
    words += [_("ended")] if selection.ended else []
    return {"lead": " · ".join(word for word in words if word)}


def _days(period: Period) -> str:
    if not period.first and not period.last:
        return ""
    return f"{period.first or '…'} – {period.last or '…'}"
