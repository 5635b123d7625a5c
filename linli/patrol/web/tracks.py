"""The track of a shift: why it is looked at is asked first, and nothing keeps the answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import actor_of
from linli.kernel.caching import private
from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.form_errors import show_refusal
from linli.patrol.actions.read_track import LONGEST_REASON, Track, read_track, track_of
from linli.patrol.models import Shift
from linli.patrol.queries.shifts import readings_of
from linli.patrol.web.drawing import Canvas, streets_around
from linli.patrol.web.frame import frame, opened
from linli.roads.modes import Mode


class ReasonForm(forms.Form):
    """What the leader wants to see; a member looks at their own way without saying why."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you look at it?"), max_length=LONGEST_REASON,
        help_text=gettext_lazy("It is written down that you looked, when, and why."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def track(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Ask why; then write the reading down and show the track on this answer only."""
    actor = actor_of(request)
    shift, leads = track_of(shift_id, actor)
    area = opened(request, shift.patrol_area_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not leads:
        form.fields["reason"].required = False
        form.fields["reason"].widget = forms.HiddenInput()
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            _same, tracks = read_track(shift.id, reason=reason, actor=actor, at=timezone.now())
        except (IllegalMove, Invalid) as refusal:
            show_refusal(form, refusal)
        else:
            shown = _shown(shift, tracks)
    context = {**frame(request, area, "teams"), "shift": shift, "form": form, **shown}
    context["readings"] = readings_of(shift)
    status = 422 if form.errors else 200
    return private(render(request, "patrol/track.html", context, status=status))


def _shown(shift: Shift, tracks: Sequence[Track]) -> dict[str, Any]:
    """Return the drawing: streets where there is a map, and each track over them."""
    found: dict[str, Any] = {"read": True, "tracks": tracks}
    if not tracks:
        return found
    streets = streets_around(shift.patrol_area, Mode(shift.team.mode))
    points = [point for line in streets for point in line]
    canvas = Canvas(points + [point for one in tracks for point in one.points])
    strokes = [canvas.stroke(line, "plain") for line in streets]
    strokes += [canvas.stroke(one.points, "way", one.name) for one in tracks]
    return {**found, "canvas": canvas, "strokes": strokes}
