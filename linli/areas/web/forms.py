"""Forms of the verbs. What may be said is judged by the actions; forms only read types."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.actions.open_unit import UnitData
from linli.areas.codes import Level
from linli.areas.directory import staff_of, takers
from linli.areas.models import ATTENDANCES, FIELDS, ROOM_KINDS, SHIFTS, Area, Unit, UnitKind
from linli.kernel.errors import Invalid, Refused


class VerbForm(forms.Form):
    """A form whose action may refuse: the sentences go beside the fields they are about.

    ``about`` is the area or the unit the verb is done to.
    """

    def __init__(self, data: Any = None, *, about: Any, day: date) -> None:
        super().__init__(data)
        self.about, self.day = about, day
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the area or unit."""

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal into the form."""
        fields = refusal.fields if isinstance(refusal, Invalid) else {}
        shown = False
        for name, text in fields.items():
            if name in self.fields:
                self.add_error(name, str(text))
                shown = shown or str(text) == str(refusal.reason)
        if not shown:
            self.add_error(None, f"{refusal.reason} {refusal.hint}".strip())


def _source() -> forms.CharField:
    return forms.CharField(
        label=_("By which document"),
        max_length=120,
        required=False,
        help_text=_("The decision or notice that says so; it stands in the area's history."),
    )


class RenameForm(VerbForm):
    """A new name."""

    name = forms.CharField(label=_("New name"), max_length=60)
    source = _source()

    def prepare(self) -> None:
        """Begin with the present name."""
        self.fields["name"].initial = self.about.name


class GridForm(VerbForm):
    """A new grid."""

    name = forms.CharField(label=_("Name of the grid"), max_length=60)

    def prepare(self) -> None:
        """Propose the next number."""
        count = Area.objects.filter(parent=self.about, level=Level.GRID).count()
        self.fields["name"].initial = _("Grid %(number)d") % {"number": count + 1}


class AbolishForm(VerbForm):
    """The end of an area."""

    successor = forms.CharField(
        label=_("Merge into"),
        max_length=15,
        required=False,
        help_text=_("The area of the same level that takes over. Empty: it ends without one."),
    )
    source = _source()


class UnitForm(VerbForm):
    """What is written about a unit."""

    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=80)
    field = forms.ChoiceField(
        label=_("Field of work"),
        required=False,
        choices=[("", _("none")), *FIELDS],
        help_text=_("For departments."),
    )
    attendance = forms.ChoiceField(
        label=_("Attendance"),
        required=False,
        choices=[("", _("not said")), *ATTENDANCES],
        help_text=_("How a department is present in the centre."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)

    def prepare(self) -> None:
        """Begin with what is written now; a centre or team has no field and no attendance."""
        for name in list(self.fields):
            self.fields[name].initial = getattr(self.about, name)
        if self.about.kind != UnitKind.DEPARTMENT:
            del self.fields["field"], self.fields["attendance"]
            return
        # A word of the city's own that the list lacks must survive the form.
        known = dict(FIELDS)
        if self.about.field and self.about.field not in known:
            choice = self.fields["field"]
            assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - tells the type
            choice.choices = [("", _("none")), *FIELDS, (self.about.field, self.about.field)]

    def unit(self) -> UnitData:
        """Return what was typed."""
        kept = ("name", "field", "attendance", "phone", "address")
        return UnitData(**{name: self.cleaned_data.get(name, "") for name in kept})


class OpenUnitForm(UnitForm):
    """A new unit."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a unit", "Kind"),
        choices=[(kind.value, kind.label) for kind in UnitKind if kind is not UnitKind.GRID],
        initial=UnitKind.DEPARTMENT,
    )
    field_order = ("kind",)

    def prepare(self) -> None:
        """A grid's only unit is its post."""
        if self.about.level == Level.GRID:
            kinds = self.fields["kind"]
            assert isinstance(kinds, forms.ChoiceField)  # noqa: S101 - tells the type
            kinds.choices = [(UnitKind.GRID.value, UnitKind.GRID.label)]


class CloseForm(VerbForm):
    """Who takes over from a unit that closes."""

    moved_to = forms.ChoiceField(
        label=_("Its unfinished cases go to"),
        required=False,
        help_text=_("Needed where there are any: no case is left behind."),
    )

    def prepare(self) -> None:
        """Offer the units around it."""
        field = self.fields["moved_to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type
        units = [(str(key), name) for key, name in takers(self.about)]
        field.choices = [("", _("It has none")), *units]


class RoomForm(VerbForm):
    """A window or room."""

    kind = forms.ChoiceField(label=pgettext_lazy("of a room", "Kind"), choices=ROOM_KINDS)
    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=40)


class DutyForm(VerbForm):
    """A person's turns on the roster."""

    user = forms.ChoiceField(label=_("Person"))
    starts = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    shift = forms.ChoiceField(label=_("Shift"), choices=SHIFTS)

    def prepare(self) -> None:
        """Offer the people of the unit, from today on."""
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type
        unit: Unit = self.about
        people = [(str(one.id), one.name) for one in staff_of([unit], self.day)]
        field.choices = [("", _("Choose…")), *people]
        self.fields["starts"].initial = self.fields["ends"].initial = self.day.isoformat()
