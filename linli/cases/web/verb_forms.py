"""The forms of the verbs that ask for more than words."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.areas.models import Unit
from linli.cases.actions.extend import MOST_DAYS
from linli.cases.choices import Destination, Difficulty, Kind, Scale, Urgency
from linli.cases.models import Category, FollowUp
from linli.cases.queries.case import by_number, colleagues, helpers_for, units_for
from linli.cases.web.forms import NoteForm, VerbForm
from linli.kernel.ids import read_id
from linli.kernel.working_days import local_date

if TYPE_CHECKING:
    Units = forms.ModelChoiceField[Unit]
    People = forms.ModelChoiceField[User]
    Categories = forms.ModelChoiceField[Category]
else:
    Units = People = Categories = forms.ModelChoiceField

# What a person can still do when the matter ends here (People's Mediation Act, art. 26).
ROUTES = [
    ("mediation", _("People's mediation by another committee")),
    ("arbitration", _("Arbitration, for contracts and labour disputes")),
    ("administrative", _("Administrative decision, reconsideration or ruling by the department")),
    ("court", _("Action in the people's court")),
    ("petition", _("Petition to the petitions office")),
    ("legal_aid", _("Legal aid, without charge for those who can't pay")),
    ("hotline", _("Government service hotline 12345")),
]
DEGREES = [
    (5, _("very satisfied")),
    (4, _("satisfied")),
    (3, _("so-so")),
    (2, _("dissatisfied")),
    (1, _("very dissatisfied")),
]


class UnitField(Units):
    """A unit, with its kind where the name alone does not say it."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, and the kind of what is no centre."""
        unit: Unit = obj
        return (
            unit.name if unit.kind == "department" else f"{unit.name} · {unit.get_kind_display()}"
        )


class PersonField(People):
    """A colleague, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name shown to colleagues."""
        return str(obj.name)


class AssignForm(NoteForm):
    """To where the rules say, or to a unit on the way down to the place and a person of it."""

    unit = UnitField(
        label=_("Send to"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("As the rules say, else the lowest area that covers the place"),
    )
    handler = PersonField(
        label=_("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody in particular"),
        help_text=_("Offered once a unit is chosen; left open, the unit sees to it."),
    )

    def prepare(self) -> None:
        """Offer the units within reach, and the people of the one that was chosen."""
        super().prepare()
        field = cast("UnitField", self.fields["unit"])
        field.queryset = units_for(self.case, self.actor)
        # The people of a unit are asked for as soon as it is chosen; without scripts none is offered.
        field.widget.attrs |= {"hx-get": reverse("cases:people"), "hx-target": "#act_handler"}
        key = read_id(self.data.get("unit"))
        chosen = field.queryset.filter(pk=key).first() if key else None
        if chosen is not None:
            people = cast("PersonField", self.fields["handler"])
            people.queryset = colleagues(chosen.id, local_date(self.now))
        if self.verb == "designate":
            field.required, field.empty_label = True, gettext("Choose a unit")

    def arguments(self) -> dict[str, Any]:
        """Give the unit by its key."""
        unit, person = self.cleaned_data["unit"], self.cleaned_data["handler"]
        return {
            "unit": unit.id if unit else None,
            "handler": person.id if person else None,
            "note": self.cleaned_data["note"],
        }


class AssistForm(NoteForm):
    """Another unit helps."""

    unit = UnitField(label=_("Who helps"), queryset=Unit.objects.none())

    def prepare(self) -> None:
        """Offer the departments, committees and teams around the place."""
        super().prepare()
        field = cast("UnitField", self.fields["unit"])
        field.queryset = helpers_for(self.case)

    def arguments(self) -> dict[str, Any]:
        """Give the unit by its key."""
        return {"unit": self.cleaned_data["unit"].id, "note": self.cleaned_data["note"]}


class HandOverForm(NoteForm):
    """A colleague takes it."""

    handler = PersonField(label=_("Who takes it"), queryset=None)

    def prepare(self) -> None:
        """Offer the people of the holding unit."""
        super().prepare()
        field = cast("PersonField", self.fields["handler"])
        day = local_date(self.now)
        field.queryset = colleagues(self.case.holder_id, day, but=self.case.handler_id)

    def arguments(self) -> dict[str, Any]:
        """Give the person by their key."""
        return {"handler": self.cleaned_data["handler"].id, "note": self.cleaned_data["note"]}


class RoutesForm(NoteForm):
    """The matter ends here: the other routes are told, and stand in what is handed out."""

    routes = forms.MultipleChoiceField(
        label=_("Other routes that were told"),
        choices=ROUTES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are printed on the receipt, as a notice."),
    )

    def arguments(self) -> dict[str, Any]:
        """Put the routes under the reason."""
        values = super().arguments()
        told = "\n".join(f"· {dict(ROUTES)[route]}" for route in values.pop("routes"))
        heading = gettext("Other routes told:")
        values["note"] = f"{values['note']}\n{heading}\n{told}"
        return values


class ReferForm(RoutesForm):
    """Another body takes over."""

    destination = forms.ChoiceField(
        label=_("Refer to"), choices=Destination, widget=forms.RadioSelect
    )
    field_order = ["version", "destination", "routes"]


class ExtendForm(NoteForm):
    """More time."""

    days = forms.IntegerField(
        label=_("Working days more"), min_value=1, max_value=MOST_DAYS, initial=5
    )


class MergeForm(NoteForm):
    """Into another open case, named by its number."""

    into = forms.CharField(
        label=_("Number of the case that goes on"),
        max_length=40,
        help_text=_("Such as 620302003-2026-000123. This case ends; both show each other."),
    )

    def clean_into(self) -> Any:
        """Return the key of the case with that number."""
        case = by_number(self.actor, self.cleaned_data["into"])
        if case is None:
            raise forms.ValidationError(gettext("There is no such number in your areas."))
        return case.id


class FollowUpForm(NoteForm):
    """What the people say afterwards."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=FollowUp._meta.get_field("way").choices or (),
        widget=forms.RadioSelect,
    )
    satisfaction = forms.TypedChoiceField(
        label=_("Are they satisfied?"), choices=DEGREES, coerce=int, widget=forms.RadioSelect
    )
    recurred = forms.BooleanField(
        label=_("It came back"), required=False, help_text=_("Then reopen the case afterwards.")
    )


class CategoryField(Categories):
    """A category, in the language of the page."""

    def label_from_instance(self, obj: Category) -> str:
        """Return the name in Chinese, or in English where the page is."""
        return obj.label


class ClassifyForm(VerbForm):
    """What it is, after a closer look."""

    title = forms.CharField(label=_("In a few words"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    category = CategoryField(
        label=_("Category"), queryset=Category.objects.filter(retired=False), required=False
    )
    area = forms.CharField(label=_("Area"), max_length=15)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency)
    difficulty = forms.ChoiceField(label=_("Difficulty"), choices=Difficulty)
    scale = forms.ChoiceField(label=_("Scale"), choices=Scale)
    high_risk = forms.BooleanField(label=_("High risk"), required=False)

    def prepare(self) -> None:
        """Start from what the case says now."""
        for name in self.fields:
            if name != "version":
                self.initial[name] = getattr(self.case, name)
        self.initial["category"] = self.case.category_id
        self.initial["area"] = self.case.area_id

    def arguments(self) -> dict[str, Any]:
        """Give what changed, and no more: the audit names what was set."""
        values = super().arguments()
        values["category"] = values["category"].pk if values["category"] else None
        return {name: value for name, value in values.items() if value != self._was(name)}

    def _was(self, name: str) -> Any:
        column = f"{name}_id" if name in ("category", "area") else name
        return getattr(self.case, column)
