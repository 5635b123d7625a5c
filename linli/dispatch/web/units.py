"""Units: the list, one of them with what it can, and what is done with it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.accounts.models import User
from linli.dispatch import lifecycle
from linli.dispatch.actions.begin_shift import begin_shift
from linli.dispatch.actions.end_shift import end_shift
from linli.dispatch.actions.found_unit import change_unit, found_unit, retire_unit
from linli.dispatch.actions.move_up import move_up
from linli.dispatch.actions.put_back import put_back
from linli.dispatch.actions.take_out import take_out
from linli.dispatch.actions.tell_unit import people_on
from linli.dispatch.models import Assignment, DispatchUnit, Shift, Spot
from linli.dispatch.policy import (
    KEEPING,
    may_dispatch,
    may_keep_unit,
    sees_positions,
    units_known_to,
)
from linli.dispatch.queries.listing import units_of_desk
from linli.dispatch.queries.recommend import capability_names
from linli.dispatch.web.phone import SHIFTS
from linli.dispatch.web.unit_forms import FilterForm, FoundForm, UnitForm
from linli.kernel.errors import NotPermitted, Refused
from linli.kernel.form_errors import show_refusal


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the units one may send or keep."""
    actor = actor_of(request)
    _permit(actor)
    form = FilterForm(request.GET)
    asked = form.asked()
    rows = units_of_desk(actor, **asked)
    names = capability_names()
    context = {
        "form": form,
        "filtered": any(asked.values()),
        "rows": [
            (unit, "、".join(names.get(code, code) for code in [*unit.skills, *unit.equipment]))
            for unit in rows
        ],
    }
    return render(request, "dispatch/units.html", context)


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Make a team or an office a unit of dispatch."""
    actor = actor_of(request)
    _permit(actor)
    form = FoundForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = found_unit(
                form.cleaned_data["team"].id, form.unit_data(), actor=actor, at=timezone.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The unit is set up; it is off duty."))
            return redirect("dispatch:unit", made.id)
    context = {"form": form, "title": _("New unit")}
    return render(request, "dispatch/unit_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Show a unit, and to who keeps it the form that changes it."""
    actor, now = actor_of(request), timezone.now()
    _permit(actor)
    one = _known(actor, unit_id)
    keeps = may_keep_unit(actor, one.area_id)
    form = None
    if keeps:
        form = UnitForm(request.POST if request.method == "POST" else None, unit=one)
        if request.method == "POST" and form.is_valid():
            try:
                change_unit(one.id, form.unit_data(), actor=actor, at=now)
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("It is written down."))
                return redirect("dispatch:unit", one.id)
    context = {**_about(actor, one, now), "form": form, "keeps": keeps}
    status = 422 if form and form.errors else 200
    return render(request, "dispatch/unit.html", context, status=status)


def _about(actor: Actor, one: DispatchUnit, now: datetime) -> dict[str, Any]:
    names = capability_names()
    out = Assignment.objects.filter(unit=one).select_related("incident", "incident__kind")
    people = User.objects.filter(pk__in=people_on([one], now).get(one.id, []))
    sees = sees_positions(actor, one)
    return {
        "unit": one,
        "can": "、".join(names.get(code, code) for code in [*one.skills, *one.equipment]),
        "shift": Shift.objects.filter(unit=one, ended_at=None).first(),
        "people": people.order_by("name", "id"),
        "sees_people": sees,
        "spot": Spot.objects.filter(unit=one).first() if sees else None,
        "sent": out.order_by("-assigned_at")[:20],
        "dispatches": may_dispatch(actor, one.area_id),
        "is_off": one.status == lifecycle.OFF_DUTY,
        "is_out_of_service": one.status == lifecycle.OUT_OF_SERVICE,
        "is_busy": one.status in lifecycle.BUSY,
        "shifts": SHIFTS,
    }


def _begin(unit_id: UUID, *, actor: Actor, at: datetime, hours: str) -> None:
    wanted = int(hours) if hours.isdecimal() and int(hours) in SHIFTS else SHIFTS[1]
    begin_shift(unit_id, until=at + timedelta(hours=wanted), actor=actor, at=at)


def _go_home(unit_id: UUID, *, actor: Actor, at: datetime) -> None:
    move_up(unit_id, area="", actor=actor, at=at)


# Verb → action, and the fields of the form it takes.
ACTS: Mapping[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "begin": (_begin, ("hours",)),
    "end": (end_shift, ()),
    "take_out": (take_out, ("why",)),
    "put_back": (put_back, ()),
    "go_home": (_go_home, ()),
    "retire": (retire_unit, ()),
}


@require_POST
def act(request: HttpRequest, unit_id: UUID, verb: str) -> HttpResponse:
    """Begin or end its shift, take it out of service and back, send it home, retire it."""
    actor = actor_of(request)
    if verb not in ACTS:
        raise Http404
    action, fields = ACTS[verb]
    given = {name: request.POST.get(name, "") for name in fields}
    try:
        action(unit_id, actor=actor, at=timezone.now(), **given)
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, f"{refusal.reason} {refusal.hint}".strip())
    else:
        messages.success(request, _("It is written down."))
    if verb == "retire":
        return redirect("dispatch:units")
    return redirect("dispatch:unit", unit_id)


@require_POST
def cover(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Move a unit up into an area that is left bare."""
    try:
        move_up(
            unit_id, area=request.POST.get("area", ""), actor=actor_of(request), at=timezone.now()
        )
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, f"{refusal.reason} {refusal.hint}".strip())
    else:
        messages.success(request, _("The unit is asked to move up."))
    return redirect("dispatch:home")


def _permit(actor: Actor) -> None:
    if not actor.holds(*KEEPING):
        raise NotPermitted(
            _("Units are kept by dispatchers, directors and administrators of their area.")
        )


def _known(actor: Actor, unit_id: UUID) -> DispatchUnit:
    there = DispatchUnit.objects.filter(units_known_to(actor), pk=unit_id)
    one = there.select_related("area", "team", "standby").first()
    if one is None:
        raise Http404
    return one
