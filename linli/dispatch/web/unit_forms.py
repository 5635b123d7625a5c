"""What is typed about a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.models import Unit
from linli.dispatch.actions.found_unit import UnitData
from linli.dispatch.choices import Sort, Status, UnitKind
from linli.dispatch.models import Capability, DispatchUnit
from linli.dispatch.policy import KEEPING
from linli.roads.models import MODE_WORDS

_TEAMS = ("team", "department", "committee")


class FilterForm(forms.Form):
    """Which units are listed."""

    kind = forms.ChoiceField(
        label=_("Kind of unit"), required=False, choices=[("", _("all")), *UnitKind.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), *Status.choices]
    )

    def asked(self) -> dict[str, str]:
        """Return what is asked for; empty where it is nothing that can be."""
        self.is_valid()
        given = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        return {name: given.get(name, "") for name in ("kind", "status")}


class UnitForm(forms.Form):
    """What a unit is, can, and has."""

    name = forms.CharField(label=pgettext_lazy("of a unit", "Name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of unit"), choices=UnitKind)
    mode = forms.ChoiceField(label=_("How it moves"), choices=MODE_WORDS)
    area = forms.CharField(label=_("Where it is at home"), max_length=15)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    skills = forms.MultipleChoiceField(
        label=_("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, unit: DispatchUnit | None = None) -> None:
        initial: dict[str, Any] = {"mode": "car"}
        if unit is not None:
            initial = {
                "name": unit.name, "kind": unit.kind, "mode": unit.mode, "area": unit.area_id,
                "lng": unit.longitude, "lat": unit.latitude, "skills": unit.skills,
                "equipment": unit.equipment,
            }  # fmt: skip
        super().__init__(data, initial=initial)
        known = list(Capability.objects.filter(retired=False))
        for name, sort in (("skills", Sort.SKILL), ("equipment", Sort.EQUIPMENT)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (one.code, one.label) for one in known if one.sort == sort
            ]

    def unit_data(self) -> UnitData:
        """Return what the action takes."""
        given = self.cleaned_data
        return UnitData(
            kind=given["kind"], name=given["name"], area=given["area"], mode=given["mode"],
            longitude=given["lng"], latitude=given["lat"], skills=given["skills"],
            equipment=given["equipment"],
        )  # fmt: skip


class FoundForm(UnitForm):
    """A unit to be: which team or office it is."""

    team = forms.ModelChoiceField(
        label=_("Team or office"), queryset=Unit.objects.none(),
        help_text=_("Whoever holds a role in it answers for the unit."),
    )  # fmt: skip
    field_order = ["team"]

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        there = Unit.objects.none()
        for role in actor.roles:
            if role.kind in KEEPING:
                there |= Unit.objects.filter(in_area(role.area, "area_id"))
        field: Any = self.fields["team"]
        field.queryset = there.filter(kind__in=_TEAMS, closed_on=None, dispatch_unit=None).order_by(
            "area_id", "name"
        )
        field.label_from_instance = lambda one: one.name
