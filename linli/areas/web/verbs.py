"""Every verb about areas and units on pages: one table of verbs, one view for both kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.areas.actions.abolish_area import abolish_area
from linli.areas.actions.add_grid import add_grid
from linli.areas.actions.change_unit import change_unit
from linli.areas.actions.close_unit import close_unit
from linli.areas.actions.duty import cancel_duty as cancel
from linli.areas.actions.duty import plan_duty
from linli.areas.actions.open_unit import open_unit
from linli.areas.actions.rename_area import rename_area
from linli.areas.actions.rooms import add_room
from linli.areas.actions.rooms import remove_room as remove
from linli.areas.models import Area, Duty, Room, Unit
from linli.areas.policy import permit
from linli.areas.web import forms
from linli.areas.web.request import area_of
from linli.kernel.errors import Refused
from linli.kernel.working_days import local_date

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Verb:
    """How a verb is done on a page; ``warning`` is what a destructive one asks first."""

    title: Words
    lead: Words
    done: Words
    form: type[forms.VerbForm]
    act: Callable[[Any, Any, Actor, datetime], object]
    warning: Words = ""


def _rename(area: Area, form: forms.RenameForm, actor: Actor, at: datetime) -> None:
    rename_area(area.code, actor=actor, at=at, **form.cleaned_data)


def _abolish(area: Area, form: forms.AbolishForm, actor: Actor, at: datetime) -> None:
    abolish_area(area.code, actor=actor, at=at, **form.cleaned_data)


def _add_grid(area: Area, form: forms.GridForm, actor: Actor, at: datetime) -> None:
    add_grid(area.code, actor=actor, at=at, **form.cleaned_data)


def _open(area: Area, form: forms.OpenUnitForm, actor: Actor, at: datetime) -> None:
    kind = form.cleaned_data["kind"]
    open_unit(area.code, kind=kind, data=form.unit(), actor=actor, at=at)


def _change(unit: Unit, form: forms.UnitForm, actor: Actor, at: datetime) -> None:
    change_unit(unit.id, data=form.unit(), actor=actor, at=at)


def _close(unit: Unit, form: forms.CloseForm, actor: Actor, at: datetime) -> None:
    moved_to = form.cleaned_data["moved_to"]
    close_unit(unit.id, moved_to=UUID(moved_to) if moved_to else None, actor=actor, at=at)


def _add_room(unit: Unit, form: forms.RoomForm, actor: Actor, at: datetime) -> None:
    add_room(unit.id, actor=actor, at=at, **form.cleaned_data)


def _plan_duty(unit: Unit, form: forms.DutyForm, actor: Actor, at: datetime) -> None:
    given = {**form.cleaned_data, "user": UUID(form.cleaned_data["user"])}
    plan_duty(unit.id, actor=actor, at=at, **given)


AREA_VERBS: Mapping[str, Verb] = {
    "rename": Verb(
        gettext_lazy("Rename"),
        gettext_lazy("The code stays, and so does the old name in the history."),
        gettext_lazy("The area has its new name."),
        forms.RenameForm,
        _rename,
    ),
    "open_unit": Verb(
        gettext_lazy("Open a unit"),
        gettext_lazy("A centre, a department, a committee or a team that works here."),
        gettext_lazy("The unit is open. People are given a role in it under “People”."),
        forms.OpenUnitForm,
        _open,
    ),
    "add_grid": Verb(
        gettext_lazy("Add a grid"),
        gettext_lazy("It gets the next free number, and a post that cases can be with."),
        gettext_lazy("The grid was added."),
        forms.GridForm,
        _add_grid,
    ),
    "abolish": Verb(
        gettext_lazy("Merge or abolish"),
        gettext_lazy(
            "The area and all below it end, their units close. Unfinished cases go to the centre of"
            " the area it is merged into, else to the next centre above. Nothing is deleted."
        ),
        gettext_lazy("The area has ended; its cases were handed on."),
        forms.AbolishForm,
        _abolish,
        warning=gettext_lazy("The area, all areas below it and their units end today."),
    ),
}
UNIT_VERBS: Mapping[str, Verb] = {
    "change": Verb(
        gettext_lazy("Change"), "", gettext_lazy("It is written down."), forms.UnitForm, _change
    ),
    "add_room": Verb(
        gettext_lazy("Add a room"),
        "",
        gettext_lazy("The room was added."),
        forms.RoomForm,
        _add_room,
    ),
    "plan_duty": Verb(
        gettext_lazy("Plan duty"),
        gettext_lazy("Turns the person has already stay as they are."),
        gettext_lazy("The roster is changed."),
        forms.DutyForm,
        _plan_duty,
    ),
    "close": Verb(
        gettext_lazy("Close the unit"),
        gettext_lazy("Nothing can be sent to it any more; what it did stays on record."),
        gettext_lazy("The unit is closed."),
        forms.CloseForm,
        _close,
        warning=gettext_lazy("The unit closes today."),
    ),
}


@require_http_methods(["GET", "POST"])
def of_area(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Ask for what a verb about an area needs, do it, and go back to the area."""
    found = area_of(request, code)
    if found.abolished_on or verb not in AREA_VERBS:
        raise Http404
    permit(actor_of(request), code)
    back = found.parent_id if verb == "abolish" and found.parent_id else code
    return _verb(request, AREA_VERBS[verb], found, found, back)


@require_http_methods(["GET", "POST"])
def of_unit(request: HttpRequest, unit_id: UUID, verb: str) -> HttpResponse:
    """Ask for what a verb about a unit needs, do it, and go back to its area."""
    unit = Unit.objects.select_related("area").filter(pk=unit_id, closed_on=None).first()
    if unit is None or verb not in UNIT_VERBS:
        raise Http404
    area = area_of(request, unit.area_id)
    permit(actor_of(request), area.code)
    return _verb(request, UNIT_VERBS[verb], unit, area, area.code)


def _verb(
    request: HttpRequest, verb: Verb, about: Area | Unit, area: Area, back: str
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    data = request.POST if request.method == "POST" else None
    form = verb.form(data, about=about, day=local_date(at))
    if form.is_bound and form.is_valid():
        try:
            verb.act(about, form, actor, at)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, str(verb.done))
            is_unit = isinstance(about, Unit)
            return redirect(_editing(back) if is_unit else reverse("areas:area", args=[back]))
    context = {
        "verb": verb,
        "about": about,
        "form": form,
        "back": reverse("areas:area", args=[area.code]),
        "trail": [
            (reverse("areas:home"), _("Areas")),
            (reverse("areas:area", args=[area.code]), area.name),
        ],
    }
    return render(request, "areas/verb.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Remove a room and go back to its area."""
    room = Room.objects.select_related("unit").filter(pk=room_id).first()
    if room is None:
        raise Http404
    remove(room_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The room was removed."))
    return redirect(_editing(room.unit.area_id))


@require_POST
def cancel_duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Take a turn off the roster and go back to its week."""
    duty = Duty.objects.select_related("unit").filter(pk=duty_id).first()
    if duty is None:
        raise Http404
    cancel(duty_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The turn was taken off the roster."))
    return redirect(f"{_editing(duty.unit.area_id)}&week={duty.date.isoformat()}#roster")


def _editing(code: str) -> str:
    """Return the address of an area's page as it is while somebody edits it."""
    return f"{reverse('areas:area', args=[code])}?edit=1"
