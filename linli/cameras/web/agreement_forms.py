"""The form of a sharing agreement, and of its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cameras.actions.agree import AgreementData
from linli.cameras.choices import LegalClass
from linli.cameras.web.forms import PHOTO_TYPES, Units, unit_field
from linli.kernel.days import day_field


class AgreementForm(forms.Form):
    """What two units agree on. A list of codes takes the place of area and classes."""

    number = forms.CharField(
        label=pgettext_lazy("agreement", "Number"), max_length=60, required=False
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("What the taking unit may look at these cameras for; for nothing else."),
    )  # fmt: skip
    since = day_field(_("From"))
    until = day_field(_("Last day"))
    area = forms.CharField(
        label=_("Cameras in"), max_length=15, required=False,
        help_text=_("Leave it empty for all of the giving unit's cameras."),
    )  # fmt: skip
    classes = forms.MultipleChoiceField(
        label=_("Of which classes"), required=False, choices=LegalClass.choices,
        widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: all."),
    )  # fmt: skip
    codes = forms.CharField(
        label=_("Or these cameras alone"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("One code a line."),
    )  # fmt: skip

    field_order = (
        "giving",
        "taking",
        "purpose",
        "since",
        "until",
        "area",
        "classes",
        "codes",
        "number",
    )

    def __init__(self, *arguments: Any, giving: Units, taking: Units, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.fields["giving"] = unit_field(_("Giving unit"), giving)
        self.fields["taking"] = unit_field(_("Taking unit"), taking)
        self.order_fields(self.field_order)

    def described(self) -> AgreementData:
        """Return what was typed."""
        said = dict(self.cleaned_data)
        said["codes"] = said["codes"].split()
        return AgreementData(**said)


class PaperForm(forms.Form):
    """A signed paper: a scan or a PDF."""

    paper = forms.FileField(
        label=_("Add a scan or PDF"),
        widget=forms.FileInput({"accept": f"{PHOTO_TYPES},application/pdf"}),
    )


class EndForm(forms.Form):
    """Why an agreement ends before its time."""

    reason = forms.CharField(
        label=_("Why it ends now"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
