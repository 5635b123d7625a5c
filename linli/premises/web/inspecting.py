"""Inspecting on a phone: the check list with a photo a line; looking at a hazard again."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import actor_of
from linli.cases.files import LARGEST, PHOTOS, Content, checked
from linli.kernel.days import day_field
from linli.kernel.errors import Invalid, NotFound, Refused
from linli.kernel.form_errors import show_refusal
from linli.premises.actions.inspect import Line, inspect_premises
from linli.premises.actions.look_again import INSPECTION_OVERDUE, look_again
from linli.premises.choices import InspectionKind
from linli.premises.models import CheckItem, Hazard
from linli.premises.policy import permit_inspect, visible_to
from linli.premises.queries import page as read
from linli.premises.web.asking import ask, page_of, place_trail

_PHOTO = {"accept": "image/*", "capture": "environment"}
ANSWERS = [("yes", gettext_lazy("in order")), ("no", gettext_lazy("not in order"))]


class InspectionForm(forms.Form):
    """Every item of a check list, with a note and a photo; then the visit as a whole."""

    def __init__(self, data: Any, files: Any, *, items: Sequence[CheckItem]) -> None:
        super().__init__(data, files)
        self.items = items
        for item in items:
            self.fields[f"fine_{item.id}"] = forms.ChoiceField(
                label=item.label, choices=ANSWERS, widget=forms.RadioSelect, required=False
            )
            self.fields[f"note_{item.id}"] = forms.CharField(
                label=_("What is wrong"), max_length=500, required=False
            )
            self.fields[f"photo_{item.id}"] = forms.FileField(
                label=_("Photo"), required=False, widget=forms.FileInput(_PHOTO)
            )
        self.fields["kind"] = forms.ChoiceField(label=_("Inspection"), choices=InspectionKind)
        self.fields["note"] = forms.CharField(label=_("Note"), max_length=500, required=False)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each item: answer, note, photo."""
        return [
            (self[f"fine_{item.id}"], self[f"note_{item.id}"], self[f"photo_{item.id}"])
            for item in self.items
        ]

    def lines(self) -> Mapping[UUID, Line]:
        """Return what was answered; photos are checked by their content."""
        told = self.cleaned_data
        return {
            item.id: Line(
                fine=told[f"fine_{item.id}"] == "yes",
                note=told[f"note_{item.id}"],
                photo=photo_of(told[f"photo_{item.id}"], f"photo_{item.id}"),
            )
            for item in self.items
            if told[f"fine_{item.id}"]
        }


def photo_of(upload: Any, field: str = "photo") -> tuple[str, Content] | None:
    """Return an upload as name and checked content; raises :class:`Invalid` for what is no photo."""
    if not upload:
        return None
    try:
        content = checked(upload.read(LARGEST + 1))
    except Invalid as refusal:
        raise Invalid(refusal.reason, {field: refusal.reason}) from refusal
    if content.content_type not in PHOTOS:
        said = _("Only a photo belongs here.")
        raise Invalid(said, {field: said})
    return upload.name or "", content


@require_http_methods(["GET", "POST"])
def inspect(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    """Show the check list, and write the inspection down."""
    actor = actor_of(request)
    place = read.place_for(actor, premises_id)
    permit_inspect(actor, place)
    items = list(CheckItem.objects.filter(kind=place.kind_id, retired=False))
    form = InspectionForm(request.POST or None, request.FILES or None, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            made = inspect_premises(
                place.id, form.lines(), kind=told["kind"], note=told["note"], actor=actor,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            _say(request, made.faults)
            return HttpResponseRedirect(page_of(place, "hazards"))
    context = {
        "place": place, "form": form, "rows": form.rows(), "trail": place_trail(place),
        "back": page_of(place),
    }  # fmt: skip
    return render(request, "premises/inspect.html", context, status=422 if form.errors else 200)


def _say(request: HttpRequest, faults: int) -> None:
    if not faults:
        messages.success(request, _("Inspected: everything is in order."))
        return
    said = ngettext(
        "Inspected: %(count)s hazard was found and is a case now.",
        "Inspected: %(count)s hazards were found, each of them is a case now.",
        faults,
    )
    messages.warning(request, said % {"count": faults})


@require_GET
def inspection(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Show an inspection with its answers and photos."""
    found = read.inspection_for(actor_of(request), inspection_id)
    context = {
        "inspection": found,
        "answers": read.answers_of(found),
        "trail": place_trail(found.premises),
    }
    return render(request, "premises/inspection.html", context)


class LookForm(forms.Form):
    """Whether a hazard is mended."""

    mended = forms.ChoiceField(
        label=gettext_lazy("Is it mended?"),
        choices=[
            ("yes", gettext_lazy("Yes: the hazard is closed")),
            ("no", gettext_lazy("No: it stays open")),
        ],
        widget=forms.RadioSelect({"class": "choices-long"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)
    due_on = day_field(
        gettext_lazy("New day by which it must be mended"),
        required=False,
        help_text=gettext_lazy("Only where it is not mended."),
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo"), required=False, widget=forms.FileInput(_PHOTO)
    )


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, hazard_id: UUID) -> HttpResponse:
    """Ask whether a hazard is mended."""
    actor = actor_of(request)
    rows = Hazard.objects.filter(visible_to(actor, "premises__")).select_related("premises")
    hazard = rows.filter(pk=hazard_id).first()
    if hazard is None:
        raise NotFound(_("There is no such hazard here."))
    if hazard.rule == INSPECTION_OVERDUE:
        return inspect(request, hazard.premises_id)
    permit_inspect(actor, hazard.premises)
    form = LookForm(request.POST or None, request.FILES or None)

    def act() -> tuple[str, str]:
        told = form.cleaned_data
        mended = told["mended"] == "yes"
        look_again(
            hazard.id, mended=mended, note=told["note"], due_on=told["due_on"],
            photo=photo_of(told["photo"]), actor=actor, at=timezone.now(),
        )  # fmt: skip
        said = _("The hazard is closed.") if mended else _("The hazard stays open.")
        return said, page_of(hazard.premises, "hazards")

    return ask(
        request, form, act, title=_("Look at the hazard again"), lead=hazard.text,
        trail=place_trail(hazard.premises),
    )  # fmt: skip
