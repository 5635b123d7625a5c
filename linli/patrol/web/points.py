"""Check points of a patrol area: written down, changed, and the code for the paper."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.errors import Invalid, NotFound, Refused
from linli.kernel.form_errors import show_refusal
from linli.patrol.actions.set_needs import promise_street
from linli.patrol.actions.write_point import (
    PointData,
    Window,
    add_point,
    change_point,
    renew_code,
    retire_point,
)
from linli.patrol.choices import PointKind
from linli.patrol.codes import code_of, drawn
from linli.patrol.models import CheckPoint, PatrolArea, StreetPromise
from linli.patrol.web.frame import frame, opened

_LINE = re.compile(
    r"(?:(?P<days>[1-7](?:[-–,、][1-7])*)\s+)?(?P<h1>\d{1,2})[::](?P<m1>\d\d)\s*[-–~至]\s*"
    r"(?P<h2>\d{1,2})[::](?P<m2>\d\d)"
)


class PointForm(forms.Form):
    """A check point."""

    kind = forms.ChoiceField(label=pgettext_lazy("check point", "Kind"), choices=PointKind)
    name = forms.CharField(label=pgettext_lazy("check point", "Name"), max_length=80)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), min_value=-180, max_value=180)
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"), min_value=-90, max_value=90,
        help_text=gettext_lazy("WGS-84, as the map shows them."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes there"), min_value=0, max_value=120, initial=5
    )
    times = forms.CharField(
        label=gettext_lazy("Times"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "One a line, weekdays first (1 is Monday): 1-5 07:30-08:10. Without weekdays it is"
            " every day; without any line, once in each shift."
        ),
    )  # fmt: skip

    def clean_times(self) -> list[Window]:
        """Read the lines; say which one can't be read."""
        lines = [line.strip() for line in self.cleaned_data["times"].splitlines() if line.strip()]
        found = []
        for line in lines:
            window = read_window(line)
            if window is None:
                raise forms.ValidationError(
                    _("“%(line)s” can't be read; write it like 1-5 07:30-08:10."),
                    params={"line": line},
                )
            found.append(window)
        return found

    def point(self) -> PointData:
        """Return what was typed."""
        told = dict(self.cleaned_data)
        return PointData(windows=told.pop("times"), **told)


class PromiseForm(forms.Form):
    """How often a street is to be seen."""

    street = forms.CharField(
        label=gettext_lazy("Street"), required=False, max_length=120,
        help_text=gettext_lazy("Empty: every street with a name."),
    )  # fmt: skip
    per_week = forms.IntegerField(label=gettext_lazy("Times a week"), min_value=0, max_value=42)


def read_window(line: str) -> Window | None:
    """Return the time a line tells, such as ``1-5 07:30-08:10``; None where it can't be read."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    days: set[int] = set()
    for part in re.split(r"[,、]", found["days"] or "1-7"):
        ends = [int(one) - 1 for one in re.split(r"[-–]", part)]
        if ends[0] > ends[-1]:
            return None
        days |= set(range(ends[0], ends[-1] + 1))
    begins = int(found["h1"]) * 60 + int(found["m1"])
    ends_at = int(found["h2"]) * 60 + int(found["m2"])
    return Window(tuple(sorted(days)), begins, ends_at)


def written(window: dict[str, Any]) -> str:
    """Return a time as its line is typed."""
    days = window["days"]
    whole = days == list(range(days[0], days[-1] + 1))
    word = (
        f"{days[0] + 1}-{days[-1] + 1}"
        if whole and len(days) > 1
        else ",".join(str(day + 1) for day in days)
    )
    return f"{word} {clock(window['begins'])}-{clock(window['ends'])}"


def clock(minutes: int) -> str:
    """Return minutes of the day as a clock shows them."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def told(window: dict[str, Any]) -> str:
    """Return a time in words."""
    days = window["days"]
    if len(days) == 7:
        when = _("every day")
    elif days == [0, 1, 2, 3, 4]:
        when = _("Monday to Friday")
    else:
        when = "、".join(str(WEEKDAYS_ABBR[day]) for day in days)
    return f"{when} {clock(window['begins'])}–{clock(window['ends'])}"


@require_GET
def listing(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Show check points and what is promised of streets."""
    return _page(request, opened(request, area_id), PromiseForm())


def _page(
    request: HttpRequest, area: PatrolArea, form: PromiseForm, status: int = 200
) -> HttpResponse:
    points = CheckPoint.objects.filter(patrol_area=area, retired_at=None).order_by("kind", "name")
    context = {
        **frame(request, area, "points"),
        "points": [(point, [told(one) for one in point.windows]) for point in points],
        "promises": StreetPromise.objects.filter(patrol_area=area).order_by("street"),
        "form": form,
    }
    return render(request, "patrol/points.html", context, status=status)


@require_POST
def promise(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Say how often a street is to be seen."""
    area = opened(request, area_id)
    form = PromiseForm(request.POST)
    if form.is_valid():
        try:
            promise_street(area.id, **form.cleaned_data, actor=actor_of(request), at=timezone.now())
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is written down."))
            return redirect("patrol:points", area.id)
    return _page(request, area, form, 422)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Write a new check point down."""
    area = opened(request, area_id)
    form = PointForm(
        request.POST or None, initial={"longitude": area.longitude, "latitude": area.latitude}
    )
    if request.method == "POST" and form.is_valid():
        try:
            add_point(area.id, form.point(), actor=actor_of(request), at=timezone.now())
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The check point is on every route from now on."))
            return redirect("patrol:points", area.id)
    return _form(request, area, form, None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, area_id: UUID, point_id: UUID) -> HttpResponse:
    """Change a check point, or take it away (``retire`` in the form)."""
    area, actor = opened(request, area_id), actor_of(request)
    point = _point(area, point_id)
    if request.method == "POST" and "retire" in request.POST:
        retire_point(point.id, actor=actor, at=timezone.now())
        messages.success(request, _("Nobody is asked to be there any more."))
        return redirect("patrol:points", area.id)
    names = ("kind", "name", "longitude", "latitude", "minutes")
    initial = {name: getattr(point, name) for name in names}
    initial["times"] = "\n".join(written(one) for one in point.windows)
    form = PointForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_point(point.id, form.point(), actor=actor, at=timezone.now())
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is written down."))
            return redirect("patrol:points", area.id)
    return _form(request, area, form, point)


def _point(area: PatrolArea, point_id: UUID) -> CheckPoint:
    found = CheckPoint.objects.filter(pk=point_id, patrol_area=area, retired_at=None).first()
    if found is None:
        raise NotFound(_("There is no such check point here."))
    return found


def _form(
    request: HttpRequest, area: PatrolArea, form: PointForm, point: CheckPoint | None
) -> HttpResponse:
    context = {**frame(request, area, "points"), "form": form, "point": point}
    return render(request, "patrol/point.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, area_id: UUID, point_id: UUID) -> HttpResponse:
    """Show the code to be printed; posted: make a new one."""
    area, actor = opened(request, area_id), actor_of(request)
    point = _point(area, point_id)
    context = frame(request, area, "points")
    if not context["leads"]:
        raise NotFound(_("There is no such check point here."))
    if request.method == "POST":
        try:
            renew_code(point.id, actor=actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
        else:
            messages.success(request, _("There is a new code: print it and replace the paper."))
        return redirect("patrol:code", area.id, point.id)
    address = request.build_absolute_uri(
        reverse("patrol:read", args=[point.id, code_of(point.id, point.edition)])
    )
    return render(
        request, "patrol/code.html", {**context, "point": point, "drawing": drawn(address)}
    )
