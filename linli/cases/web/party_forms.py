"""Forms for parties: what is personal is marked so that browsers and drafts do not keep it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc

from linli.cases.actions.parties import PartyData
from linli.cases.choices import PartyRole

SEXES = [("", _("not said")), ("female", _("female")), ("male", _("male"))]


def _personal(**attrs: Any) -> dict[str, Any]:
    return {"data-personal": "", "autocomplete": "off", **attrs}


class PartyForm(forms.Form):
    """One person or organisation of a case."""

    role = forms.ChoiceField(label=_("Part"), choices=PartyRole)
    is_organisation = forms.BooleanField(label=_("An organisation"), required=False)
    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput(_personal()), required=False
    )
    phone = forms.RegexField(
        r"^[0-9+() -]{3,30}$",
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(_personal(inputmode="tel")),
        error_messages={"invalid": _("Write digits only, such as 0935 8210000.")},
    )
    identity_number = forms.CharField(
        label=_("Identity number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(_personal(maxlength=20, spellcheck="false")),
    )
    address = forms.CharField(
        label=_("Address"), max_length=120, required=False, widget=forms.TextInput(_personal())
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=SEXES, required=False, widget=forms.Select(_personal())
    )
    age = forms.IntegerField(
        label=_("Age"),
        min_value=0,
        max_value=130,
        required=False,
        widget=forms.NumberInput(_personal()),
    )
    ethnicity = forms.CharField(
        label=_("Ethnicity"), max_length=20, required=False, widget=forms.TextInput(_personal())
    )
    occupation = forms.CharField(
        label=_("Occupation"), max_length=40, required=False, widget=forms.TextInput(_personal())
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the name as soon as anything else about a person was typed."""
        values = super().clean() or {}
        said = [name for name in values if name not in ("role", "is_organisation", "name")]
        if not values.get("name") and any(values[name] for name in said):
            self.add_error("name", gettext("Please write the name."))
        return values

    def party(self) -> PartyData:
        """Return what was typed."""
        return PartyData(**self.cleaned_data)

    def doubt(self) -> str:
        """Return a warning about an identity number that can't be right; it is kept as typed."""
        number = self.cleaned_data.get("identity_number") or ""
        check = uscc if self.cleaned_data.get("is_organisation") else ric
        if not number or check.is_valid(number):
            return ""
        return gettext(
            "One identity number does not add up. It was saved as typed: compare it with the card."
        )


class NewPartyForm(PartyForm):
    """A party that is added later: then the name is what it is about."""

    name = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(_personal()))
    field_order = ["role", "name"]


class IntakePartyForm(PartyForm):
    """A party on the intake form: its part is set by its place, the rest can be added later."""

    role = forms.ChoiceField(choices=PartyRole, widget=forms.HiddenInput)
    ethnicity = None  # type: ignore[assignment]
    occupation = None  # type: ignore[assignment]
    age = None  # type: ignore[assignment]
    sex = None  # type: ignore[assignment]
    field_order = ["role", "name", "phone", "identity_number", "address", "is_organisation"]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), min_length=4, max_length=500)
