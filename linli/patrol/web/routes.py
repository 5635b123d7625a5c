"""Routes of a night: planned by the leader, looked at and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.days import day_field
from linli.kernel.errors import NotFound, Refused
from linli.patrol.actions.make_routes import make_routes, midnight_of
from linli.patrol.models import PatrolArea, Route, Seat, Shift
from linli.patrol.policy import of_visible_areas
from linli.patrol.queries.areas import pattern_words
from linli.patrol.web.drawing import Canvas, Mark, Stroke, streets_around
from linli.patrol.web.frame import frame, opened
from linli.roads.modes import Mode

DAY = 1440


class NightForm(forms.Form):
    """Which shift of which day."""

    date = day_field(gettext_lazy("Day"))
    pattern = forms.ChoiceField(label=gettext_lazy("Shift"))

    def __init__(self, data: Any, patterns: dict[str, str]) -> None:
        super().__init__(data)
        self.fields["pattern"].choices = list(patterns.items())  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Stop:
    """A line of the printed list."""

    number: int
    at: datetime
    kind: str
    name: str
    metres: int
    between: tuple[datetime, datetime] | None
    key: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A route as it is shown and printed."""

    route: Route
    stops: list[Stop]
    names: list[str]
    canvas: Canvas
    strokes: list[Stroke]
    marks: list[Mark]


@require_GET
def night(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Show the routes of ``?date=…&pattern=…``; without them, the next shift that goes out."""
    area = opened(request, area_id)
    form, asked = _asked(request.GET, area)
    shifts = list(_shifts(area, asked))
    routes = {route.shift_id: route for route in Route.objects.filter(shift__in=shifts)}
    minutes = [route.minutes for route in routes.values()]
    context = {
        **frame(request, area, "routes"),
        "form": form, "day": asked["date"], "pattern": asked["pattern"],
        "lines": [(shift, routes.get(shift.id)) for shift in shifts],
        "made": bool(routes),
        "left": next((route.left for route in routes.values()), []),
        "shortest": min(minutes, default=0), "longest": max(minutes, default=0),
    }  # fmt: skip
    return render(request, "patrol/routes.html", context)


def _asked(data: Any, area: PatrolArea) -> tuple[NightForm, dict[str, Any]]:
    """Return the form and what it asks for; what can't be read asks for the next shift."""
    words = pattern_words(get_language() or "")
    asked = NightForm(data, words) if data else None
    if asked is not None and asked.is_valid():
        return asked, asked.cleaned_data
    rows = Shift.objects.filter(patrol_area=area, published=True, ends_at__gt=timezone.now())
    following = rows.order_by("starts_at").values_list("date", "pattern").first()
    day, pattern = following or (timezone.localdate(), next(iter(words)))
    found = {"date": day, "pattern": pattern}
    return NightForm(found, words), found


def _shifts(area: PatrolArea, asked: dict[str, Any]) -> Sequence[Shift]:
    rows = Shift.objects.filter(
        patrol_area=area, published=True, date=asked["date"], pattern=asked["pattern"]
    )
    return list(rows.select_related("team", "pattern").order_by("team__name", "id"))


@require_POST
def make(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Plan the routes of a shift."""
    area = opened(request, area_id)
    _form, asked = _asked(request.POST, area)
    try:
        make_routes(
            area.id, day=asked["date"], pattern=asked["pattern"], actor=actor_of(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, f"{refusal.reason} {refusal.hint}")
    else:
        messages.success(request, _("The routes are made."))
    address = reverse("patrol:routes", args=[area.id])
    return HttpResponseRedirect(
        f"{address}?date={asked['date']:%Y-%m-%d}&pattern={asked['pattern']}"
    )


@require_GET
def printed(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Show all routes of a shift one below the other, a page of paper each."""
    area = opened(request, area_id)
    _form, asked = _asked(request.GET, area)
    routes = Route.objects.filter(shift__in=_shifts(area, asked)).select_related(
        "shift__team", "shift__pattern", "patrol_area"
    )
    sheets = [sheet_of(route) for route in routes.order_by("shift__team__name")]
    context = {**frame(request, area, "routes"), "sheets": sheets}
    return render(request, "patrol/sheets.html", context)


@require_GET
def route(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Show one route."""
    found = (
        Route.objects.filter(of_visible_areas(actor_of(request)), pk=route_id)
        .select_related("shift__team", "shift__pattern", "patrol_area")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such route here."))
    area = opened(request, found.patrol_area_id)
    context = {**frame(request, area, "routes"), "sheets": [sheet_of(found)]}
    return render(request, "patrol/sheets.html", context)


def sheet_of(route: Route) -> Sheet:
    """Return what a route's page shows: its list and its drawing over the streets around."""
    stops = stops_of(route)
    lines = streets_around(route.patrol_area, Mode.FOOT)
    everything = [point for line in lines for point in line]
    everything += [(x, y) for x, y in route.line]
    base = (route.patrol_area.longitude, route.patrol_area.latitude)
    canvas = Canvas([*everything, base])
    strokes = [canvas.stroke(line, "plain") for line in lines]
    strokes.append(canvas.stroke(route.line, "way"))
    marks = [
        canvas.mark((told["lng"], told["lat"]), str(stop.number), "stop", stop.name)
        for told, stop in zip(route.stops, stops, strict=True)
        if told["kind"] != "street"
    ]
    marks.append(canvas.mark(base, _("S"), "base", _("Start and end")))
    names = Seat.objects.filter(shift=route.shift).order_by("user__name")
    return Sheet(
        route, stops, list(names.values_list("user__name", flat=True)), canvas, strokes, marks
    )


def stops_of(route: Route) -> list[Stop]:
    """Return the stops of a route with their moments."""
    midnight = midnight_of(route.shift)

    def moment(minutes: int) -> datetime:
        return midnight + timedelta(minutes=minutes)

    return [
        Stop(
            number, moment(stop["at"]), stop["kind"], stop["name"] or _("street without a name"),
            stop["metres"],
            (moment(stop["begins"]), moment(stop["ends"]))
            if "begins" in stop and stop["ends"] - stop["begins"] < DAY // 4
            else None,
            stop["key"],
        )
        for number, stop in enumerate(route.stops, 1)
    ]  # fmt: skip
