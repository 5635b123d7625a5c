"""The forms of warnings."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts.actor import Actor
from linli.alarms.actions.warn import WarningData
from linli.alarms.policy import warning_areas
from linli.alarms.queries.desks import names_within
from linli.alarms.warning_choices import Category, Certainty, Response, Urgency, WarningSeverity

_FORMAT = "%Y-%m-%dT%H:%M"


class WarningForm(forms.Form):
    """A warning as it will be told."""

    area = forms.ChoiceField(label=_("For whom"))
    event = forms.CharField(label=pgettext_lazy("warning", "event"), max_length=40)
    severity = forms.ChoiceField(
        label=_("severity"), choices=WarningSeverity.choices, initial=WarningSeverity.MODERATE
    )
    category = forms.ChoiceField(
        label=_("category"), choices=Category.choices, initial=Category.SAFETY
    )
    urgency = forms.ChoiceField(
        label=pgettext_lazy("warning", "urgency"), choices=Urgency.choices,
        initial=Urgency.IMMEDIATE,
    )  # fmt: skip
    certainty = forms.ChoiceField(
        label=_("certainty"), choices=Certainty.choices, initial=Certainty.OBSERVED
    )
    response = forms.ChoiceField(
        label=_("what to do"), choices=Response.choices, initial=Response.AVOID
    )
    headline = forms.CharField(label=_("headline"), max_length=80)
    description = forms.CharField(
        label=pgettext_lazy("warning", "text"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    instruction = forms.CharField(
        label=_("instruction"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    expires_at = forms.DateTimeField(
        label=_("valid until"), input_formats=[_FORMAT],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=_FORMAT),
    )  # fmt: skip

    def __init__(self, posted: QueryDict | None, *, actor: Actor, initial: dict[str, Any]) -> None:
        super().__init__(posted, initial=initial)
        self.fields["area"].choices = names_within(warning_areas(actor))  # type: ignore[attr-defined]

    def data_of(self) -> WarningData:
        """Return what the action takes."""
        return WarningData(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a draft is not issued, or what the public is told when the danger is over."""

    note = forms.CharField(
        label=pgettext_lazy("alarm", "Reason"), max_length=300,
        widget=forms.TextInput({"autofocus": True}),
    )  # fmt: skip


class TermsForm(forms.Form):
    """Who warns, and whether in earnest."""

    sender = forms.CharField(
        label=_("sender"), max_length=120, required=False,
        help_text=_("As readers all over the world tell you apart, such as warnings@city.gov.cn."),
    )  # fmt: skip
    is_real = forms.BooleanField(
        label=_("warnings are real"), required=False,
        help_text=_("While this is off, every message says it is an exercise."),
    )  # fmt: skip
