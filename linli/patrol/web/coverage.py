"""Coverage: the map of what was seen, and by name what was missed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from linli.kernel.days import day_field
from linli.patrol.choices import Band
from linli.patrol.models import PatrolArea
from linli.patrol.queries.coverage import (
    FREE,
    KEPT,
    MISSED,
    SHORT,
    PointKept,
    coverage_of,
    last_days,
    points_of,
)
from linli.patrol.web.drawing import Canvas
from linli.patrol.web.frame import frame, opened
from linli.roads.queries import NoMap

LONGEST, MOST_TIMES = timedelta(days=92), 4
WORDS = {
    KEPT: _("seen as promised"), SHORT: _("seen less than promised"), MISSED: _("not seen"),
    FREE: _("nothing promised"),
}  # fmt: skip
# What is drawn last lies on top.
ORDER = (FREE, KEPT, SHORT, MISSED)


class PeriodForm(forms.Form):
    """From when until when."""

    first = day_field(_("From"))
    last = day_field(_("Up to"))

    def clean(self) -> dict[str, Any]:
        """Refuse what is no period."""
        told = self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            self.add_error("last", _("Choose a day after the first, within three months."))
        return told


@require_GET
def home(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Show the coverage of ``?first=…&last=…``; without them, of the seven days before today."""
    area = opened(request, area_id)
    first, last = last_days(timezone.localdate(), 7)
    form = PeriodForm(request.GET or {"first": first, "last": last})
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    context = {
        **frame(request, area, "coverage"),
        "form": form, "first": first, "last": last,
        "points": [_kept(one) for one in points_of(area, first, last)], **_drawn(area, first, last),
    }  # fmt: skip
    return render(request, "patrol/coverage.html", context, status=422 if form.errors else 200)


def _kept(point: PointKept) -> dict[str, Any]:
    """Return a check point's line: what was missed of it, the first few times by name."""
    times = [
        f"{day:%m-%d} {begins // 60:02}:{begins % 60:02}" for day, begins, _ends in point.missed
    ]
    missed = "、".join(times[:MOST_TIMES]) + ("…" if len(times) > MOST_TIMES else "")
    return {"name": point.name, "kept": point.kept, "wanted": point.wanted, "missed": missed}


def _drawn(area: PatrolArea, first: date, last: date) -> dict[str, Any]:
    """Return the drawing and the lists; an empty one where there is no map."""
    try:
        found = coverage_of(area, first, last)
    except NoMap as refusal:
        return {"no_map": refusal}
    if found is None:
        return {"no_map": _("The map has no streets in this patrol area.")}
    canvas = Canvas(point for line in found.lines for point in line.points)
    ranked = sorted(found.lines, key=lambda line: ORDER.index(line.state))
    counts = {state: sum(one.state == state for one in found.streets) for state in ORDER}
    return {
        "canvas": canvas,
        "strokes": [
            canvas.stroke(line.points, line.state, f"{WORDS[line.state]} · {line.seen}")
            for line in ranked
        ],
        "legend": [(state, WORDS[state], counts[state]) for state in reversed(ORDER)],
        "share": None if found.share is None else round(found.share * 100),
        "missed": found.missed,
        "streets": found.streets,
        "bands": [band.label for band in Band],
    }
