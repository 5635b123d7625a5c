"""The forms of a place: what is written about it, contacts, files, drills, and the list's filter."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.models import Unit
from linli.cases.files import ACCEPTED, LARGEST
from linli.kernel.days import day_field
from linli.premises.actions.add_premises import PLAIN, PremisesData
from linli.premises.actions.contacts import ContactData
from linli.premises.choices import (
    ContactPart,
    DeviceState,
    DrillSubject,
    FilePurpose,
    Spot,
)
from linli.premises.hours import Week, read_hours, write_hours
from linli.premises.models import Premises, PremisesKind
from linli.premises.queries.listing import Asked

NOBODY = ("", _("not said"))
_CITY = 4
OVERDUE = [
    ("", _("all")),
    ("inspection", _("inspection overdue")),
    ("test", _("alarm test overdue")),
    ("hazard", _("hazard not mended in time")),
]


def choose(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field its choices."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def kinds(*besides: str) -> list[tuple[str, str]]:
    """Return the kinds that are offered, and those named besides."""
    return [
        (one.code, one.label)
        for one in PremisesKind.objects.all()
        if not one.retired or one.code in besides
    ]


def units_of(actor: Actor) -> list[tuple[str, str]]:
    """Return the open units of the actor's cities."""
    cities = {role.area[:_CITY] for role in actor.roles}
    within = Q(pk__in=[])
    for city in cities:
        within |= in_area(city, "area")
    rows = Unit.objects.filter(within, closed_on=None).order_by("area", "kind", "name")
    return [(str(key), name) for key, name in rows.values_list("id", "name")]


class HoursField(forms.CharField):
    """Opening hours as people write them; cleaned to a week."""

    def clean(self, value: Any) -> Week:
        """Return the week, empty where nothing was typed."""
        text = super().clean(value)
        try:
            return read_hours(text)
        except ValueError:
            raise forms.ValidationError(
                gettext("Write it like this: 周一至周五 08:00-18:00；周六 09:00-12:00.")
            ) from None


class PremisesForm(forms.Form):
    """What is written about a place."""

    kind = forms.ChoiceField(label=pgettext_lazy("premises", "Kind"))
    name = forms.CharField(label=pgettext_lazy("premises", "Name"), max_length=80)
    area = forms.CharField(label=_("Area"), max_length=15)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Telephone of the place"), max_length=30, required=False,
        help_text=_("The number on its door. People's own numbers belong to the contacts."),
    )  # fmt: skip
    responsible = forms.ChoiceField(label=_("Responsible unit"), required=False)
    department = forms.ChoiceField(label=_("Department in charge"), required=False)
    hours = HoursField(
        label=_("Opening hours"), max_length=300, required=False,
        help_text=_("Such as: 周一至周五 08:00-18:00；周六 09:00-12:00, or 24小时."),
    )  # fmt: skip
    floors = forms.IntegerField(
        label=_("Floors above ground"), required=False, min_value=0, max_value=200
    )
    basements = forms.IntegerField(
        label=_("Floors below ground"), required=False, min_value=0, max_value=20
    )
    capacity = forms.IntegerField(
        label=_("People at most"), required=False, min_value=0, max_value=1_000_000
    )
    absent = forms.MultipleChoiceField(
        label=_("The place has none of these"), choices=Spot, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A day school has no dormitory: then no alarm is missed there."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, actor: Actor, place: Premises | None = None) -> None:
        super().__init__(data)
        choose(self, "kind", kinds(place.kind_id if place else ""))
        units = [NOBODY, *units_of(actor)]
        choose(self, "responsible", units)
        choose(self, "department", units)
        if place is None:
            return
        self.initial = {name: getattr(place, name) for name in (*PLAIN, "name", "absent")}
        self.initial |= {
            "kind": place.kind_id, "area": place.area_id, "hours": write_hours(place.hours),
            "lng": place.longitude, "lat": place.latitude, "version": place.version,
            "responsible": str(place.responsible_id or ""),
            "department": str(place.department_id or ""),
        }  # fmt: skip

    def premises(self) -> PremisesData:
        """Return what was typed."""
        told = self.cleaned_data
        kept = ("kind", "name", "area", "address", "phone", "hours", "floors", "capacity", "note")
        return PremisesData(
            **{name: told[name] for name in kept},
            basements=told["basements"] or 0, absent=tuple(told["absent"]),
            longitude=told["lng"], latitude=told["lat"],
            responsible=told["responsible"] or None, department=told["department"] or None,
        )  # fmt: skip


class ContactForm(forms.Form):
    """Somebody to call."""

    part = forms.ChoiceField(label=_("For what"), choices=ContactPart)
    job = forms.CharField(label=_("Post held"), max_length=40, required=False)
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), max_length=40,
        widget=forms.TextInput({"data-personal": "", "autocomplete": "off"}),
    )  # fmt: skip
    phone = forms.RegexField(
        r"^[0-9+() -]{3,30}$",
        label=_("Phone"),
        widget=forms.TextInput({"data-personal": "", "autocomplete": "off", "inputmode": "tel"}),
        error_messages={"invalid": _("Write digits only, such as 0935 8210000.")},
    )
    position = forms.IntegerField(label=_("Order of calling"), min_value=1, max_value=99, initial=1)

    def contact(self) -> ContactData:
        """Return what was typed."""
        return ContactData(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a contact is opened."""

    reason = forms.CharField(label=_("Reason"), min_length=4, max_length=500)


class FileForm(forms.Form):
    """A floor plan or a record."""

    purpose = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[(FilePurpose.PLAN, FilePurpose.PLAN.label), (FilePurpose.RECORD, FilePurpose.RECORD.label)],
    )  # fmt: skip
    floor = forms.CharField(label=_("Floor"), max_length=10, required=False)
    file = forms.FileField(
        label=_("File (JPEG, PNG, WebP, PDF or Word)"),
        widget=forms.FileInput({
            "accept": ACCEPTED, "data-island": "upload", "data-max-bytes": str(LARGEST),
            "data-types": ACCEPTED,
        }),
    )  # fmt: skip


class PlanDrillForm(forms.Form):
    """A drill to come."""

    subject = forms.ChoiceField(label=_("What is rehearsed"), choices=DrillSubject)
    planned_on = day_field(_("Planned for"))


class HeldDrillForm(forms.Form):
    """A drill that was held."""

    held_on = day_field(_("Held on"))
    participants = forms.IntegerField(
        label=_("People who took part"), min_value=1, max_value=1_000_000
    )
    findings = forms.CharField(
        label=_("What was learned"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class FilterForm(forms.Form):
    """What the list shows; everything may be left out, and what is no choice shows all."""

    q = forms.CharField(
        label=_("Name or address"), max_length=60, required=False,
        widget=forms.TextInput({"data-search": "", "type": "search"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=pgettext_lazy("premises", "Kind"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    devices = forms.ChoiceField(
        label=_("With a device that is"), required=False,
        choices=[("", _("all")), *DeviceState.choices],
    )  # fmt: skip
    overdue = forms.ChoiceField(label=_("Overdue"), required=False, choices=OVERDUE)
    closed = forms.BooleanField(label=_("Places that have closed"), required=False)

    def __init__(self, data: Any, *, areas: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="filter_%s")
        choose(self, "kind", [("", gettext("all")), *kinds()])
        choose(self, "area", [("", gettext("all I see")), *areas])

    def asked(self) -> Asked:
        """Return what to show."""
        self.full_clean()
        told = self.cleaned_data
        self._errors = None
        return Asked(
            words=told.get("q", ""), kind=told.get("kind", ""), area=told.get("area", ""),
            devices=told.get("devices", ""), overdue=told.get("overdue", ""),
            closed=told.get("closed", False),
        )  # fmt: skip
