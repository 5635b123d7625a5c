"""The phone page of a member: the shift, its route, checking in, reporting, wishes and swaps."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.cases.files import LARGEST, PHOTOS
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted, Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.ids import new_id
from linli.patrol.actions.check_in import Proof, check_in
from linli.patrol.actions.report_finding import FindingData, report_finding
from linli.patrol.actions.swap import ask_swap
from linli.patrol.actions.wish import take_wish_back, wish_off
from linli.patrol.lifecycle import OPEN_SWAPS
from linli.patrol.models import CheckPoint, Member, Seat, Shift, Swap, Wish
from linli.patrol.policy import walks
from linli.patrol.queries.shifts import EARLY, checked, findings_of, own_shifts, route_of
from linli.patrol.web.forms import DayForm
from linli.patrol.web.routes import Sheet, sheet_of

SHOWN = 8


class FindingForm(forms.Form):
    """What was found."""

    title = forms.CharField(label=gettext_lazy("What did you find?"), max_length=60)
    place = forms.CharField(label=gettext_lazy("Where exactly?"), max_length=120, required=False)
    description = forms.CharField(
        label=gettext_lazy("More about it"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    photo = forms.FileField(
        label=gettext_lazy("Photo"), required=False,
        widget=forms.ClearableFileInput({"accept": ",".join(PHOTOS), "capture": "environment"}),
    )  # fmt: skip
    urgent = forms.BooleanField(label=gettext_lazy("Danger to life or property"), required=False)
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def finding(self) -> FindingData:
        """Return what was typed."""
        told = self.cleaned_data
        x, y, upload = told["longitude"], told["latitude"], told["photo"]
        return FindingData(
            title=told["title"], place=told["place"], description=told["description"],
            urgent=told["urgent"],
            point=(x, y) if x is not None and y is not None else None,
            photo=(upload.name or "", upload.read(LARGEST + 1)) if upload else None,
        )  # fmt: skip


class SwapForm(forms.Form):
    """Who is asked to step in, and for which of their shifts in return."""

    other = forms.ChoiceField(label=pgettext_lazy("swap", "Who steps in"))

    def __init__(self, data: Any, seat: Seat) -> None:
        super().__init__(data)
        self.fields["other"].choices = _partners(seat)  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return whom and for what."""
        other, _comma, takes = self.cleaned_data["other"].partition(",")
        return {"other": UUID(other), "takes": UUID(takes) if takes else None}


def _partners(seat: Seat) -> list[tuple[str, str]]:
    """Return the members of the area who are free that day, and shifts they could give in return."""
    shift = seat.shift
    busy = Seat.objects.filter(shift__date=shift.date, shift__published=True).values("user")
    rows = Member.objects.filter(
        team__patrol_area=shift.patrol_area_id, left_on=None, user__is_active=True
    ).exclude(user=seat.user_id)
    free = rows.exclude(user__in=busy).select_related("user", "team").order_by("user__name")
    found = [
        (str(one.user_id), _("%(name)s (%(team)s), for nothing in return")
         % {"name": one.user.name, "team": one.team.name})
        for one in free
    ]  # fmt: skip
    near = (shift.date - timedelta(days=7), shift.date + timedelta(days=14))
    others = Seat.objects.filter(
        shift__patrol_area=shift.patrol_area_id, shift__published=True,
        shift__starts_at__gt=timezone.now(), shift__date__range=near,
    ).exclude(user=seat.user_id)  # fmt: skip
    rows_of = others.select_related("user", "shift__pattern").order_by("shift__date", "user__name")
    found += [
        (f"{one.user_id},{one.id}", _("%(name)s, for their shift of %(day)s (%(shift)s)") % {
            "name": one.user.name, "day": f"{one.shift.date:%m-%d}",
            "shift": one.shift.pattern.name,
        })
        for one in rows_of[:200]
    ]  # fmt: skip
    return found


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show what a member needs on the way: this shift or the next one, and what comes."""
    actor, now = _walker(request), timezone.now()
    shifts = list(own_shifts(actor.user_id, now)[:SHOWN])
    current = shifts[0] if shifts else None
    context: dict[str, Any] = {
        "shift": current, "coming": shifts[1:], "now": now, "day_form": DayForm(),
        "wishes": Wish.objects.filter(user=actor.user_id, date__gt=timezone.localdate()),
        "swaps": _swaps(actor),
        "is_on": current is not None and current.starts_at - EARLY <= now,
    }  # fmt: skip
    if current is not None:
        context |= _on_the_way(current, actor)
    return render(request, "patrol/me.html", context)


def _walker(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not walks(actor):
        raise NotPermitted(_("This page is for those who walk with a team."))
    return actor


def _swaps(actor: Actor) -> list[Swap]:
    mine = Q(asker=actor.user_id) | Q(other=actor.user_id)
    rows = Swap.objects.filter(mine, state__in=OPEN_SWAPS).select_related(
        "asker", "other", "gives__shift__pattern", "takes__shift__pattern"
    )
    return list(rows.order_by("asked_at"))


def _on_the_way(shift: Shift, actor: Actor) -> dict[str, Any]:
    route = route_of(shift)
    if route is not None:
        route.shift, route.patrol_area = shift, shift.patrol_area
    sheet = sheet_of(route) if route else None
    done = checked(shift)
    return {
        "sheet": sheet, "stops": _stops(sheet, done),
        "others": _others(shift, sheet, done),
        "findings": findings_of(shift, actor.user_id),
    }  # fmt: skip


def _stops(sheet: Sheet | None, done: dict[str, datetime]) -> list[tuple[Any, datetime | None]]:
    return [(stop, done.get(stop.key)) for stop in sheet.stops] if sheet else []


def _others(
    shift: Shift, sheet: Sheet | None, done: dict[str, datetime]
) -> list[tuple[str, CheckPoint, datetime | None]]:
    """Return the check points of the area that are not on the route: one may be there all the same."""
    on_route = {stop.key for stop in sheet.stops} if sheet else set()
    points = CheckPoint.objects.filter(patrol_area=shift.patrol_area_id, retired_at=None)
    keyed = [(f"point:{point.id}", point) for point in points.order_by("name")]
    return [(key, point, done.get(key)) for key, point in keyed if key not in on_route]


@require_POST
def check(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Check in with the position the page filled in (without scripts: read the code instead)."""
    _walker(request)
    now = timezone.now()
    try:
        proof = Proof(
            point=(float(request.POST["longitude"]), float(request.POST["latitude"])),
            accuracy=float(request.POST.get("accuracy") or 0),
        )
    except (KeyError, ValueError):
        messages.error(
            request, _("The phone did not tell where it is. Read the code on the paper instead.")
        )
        return redirect("patrol:me")
    _try_check(request, shift_id, request.POST.get("key", ""), proof, now=now)
    return redirect("patrol:me")


def _try_check(
    request: HttpRequest, shift_id: UUID, key: str, proof: Proof, *, now: datetime
) -> None:
    actor = actor_of(request)
    try:
        check_in(
            shift_id, key=key, proof=proof, moment=now, check_in_id=new_id(), actor=actor, at=now
        )
    except Refused as refusal:
        messages.error(request, f"{refusal.reason} {refusal.hint}")
    else:
        messages.success(request, _("You are checked in."))


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, point_id: UUID, code: str) -> HttpResponse:
    """Open the address of a code on paper; a button checks in, so that a glance does nothing."""
    actor, now = _walker(request), timezone.now()
    point = CheckPoint.objects.filter(pk=point_id, retired_at=None).first()
    shift = own_shifts(actor.user_id, now).first()
    if point is None or shift is None or shift.patrol_area_id != point.patrol_area_id:
        raise NotFound(_("There is no such check point in your shift."))
    if request.method == "POST":
        _try_check(request, shift.id, f"point:{point.id}", Proof(code=code), now=now)
        return redirect("patrol:me")
    return render(request, "patrol/read.html", {"point": point, "shift": shift})


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Report what was found; it becomes a case."""
    actor, now = _walker(request), timezone.now()
    shift = own_shifts(actor.user_id, now).filter(pk=shift_id).first()
    if shift is None:
        raise NotFound(_("There is no such shift here."))
    data = request.POST if request.method == "POST" else None
    form = FindingForm(data, request.FILES or None, initial={"key": new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            found = report_finding(
                shift.id, form.finding(), moment=now, finding_id=form.cleaned_data["key"],
                actor=actor, at=now,
            )  # fmt: skip
        except Invalid as refusal:
            show_refusal(form, refusal)
        except IllegalMove as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            said = _("It is a case now, number %(number)s.") % {"number": found.number}
            messages.success(request, said)
            return redirect("patrol:me")
    context = {"form": form, "shift": shift}
    return render(request, "patrol/report.html", context, status=422 if form.errors else 200)


@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Wish to be off on a day, or (``back``) take it back."""
    actor, now = _walker(request), timezone.now()
    try:
        if "back" in request.POST:
            take_wish_back(date.fromisoformat(request.POST["back"]), actor=actor, at=now)
            messages.success(request, _("The wish is taken back."))
        else:
            form = DayForm(request.POST)
            if not form.is_valid():
                raise Invalid(_("Choose a day."))
            wish_off(form.cleaned_data["date"], actor=actor, at=now)
            messages.success(request, _("Your leader will see it when planning."))
    except Refused as refusal:
        messages.error(request, f"{refusal.reason} {refusal.hint}")
    except ValueError:
        messages.error(request, _("Choose a day."))
    return redirect("patrol:me")


@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Ask somebody to go in one's place."""
    actor, now = _walker(request), timezone.now()
    seat = (
        Seat.objects.filter(user=actor.user_id, shift=shift_id, shift__published=True)
        .select_related("shift__pattern")
        .first()
    )
    if seat is None:
        raise NotFound(_("There is no such shift here."))
    form = SwapForm(request.POST or None, seat)
    if request.method == "POST" and form.is_valid():
        try:
            ask_swap(seat.id, **form.asked(), actor=actor, at=now)
        except Refused as refusal:
            form.add_error(None, f"{refusal.reason} {refusal.hint}")
        else:
            messages.success(request, _("It is asked; the leader grants it after that."))
            return redirect("patrol:me")
    context = {"form": form, "shift": seat.shift}
    return render(request, "patrol/swap.html", context, status=422 if form.errors else 200)
