"""Forms of tips. What may be said is judged by the actions. Nothing typed here is kept as a draft."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Unit
from linli.tips.actions.give import LONGEST, TipData
from linli.tips.actions.work import NewCase
from linli.tips.choices import TipKind
from linli.tips.queries import kinds_taken

_UNKEPT = {"autocomplete": "off", "data-personal": ""}
CASE_KINDS = [
    ("dispute", _("dispute")),
    ("request", _("request")),
    ("hazard", _("hazard")),
    ("incident", _("incident")),
]


def _text(label: Any, rows: int = 6, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows, **_UNKEPT}),
    )


def _short(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=False, help_text=help_text,
        widget=forms.TextInput(_UNKEPT),
    )  # fmt: skip


class TipForm(forms.Form):
    """A tip. ``areas`` are the (code, name) to choose from, for residents; else a code is typed."""

    kind = forms.ChoiceField(label=_("Kind of tip"))
    text = _text(_("What you know"), 8, _("Who, what, when, where: as much as you know."))
    area = forms.CharField(label=_("Where it happens"), max_length=15)
    place = _short(_("Place"), 120, _("Street, building, shop, website, phone number."))
    name = _short(_("Name"), 60, _("May stay empty: then nobody knows who gave the tip."))
    phone = _short(_("Phone"), 30)

    def __init__(self, data: Any = None, *, areas: list[tuple[str, str]] | None = None) -> None:
        super().__init__(data)
        kind = self.fields["kind"]
        kind.choices = [("", _("Choose…")), *kinds_taken()]  # type: ignore[attr-defined]
        if areas is not None:
            self.fields["area"] = forms.ChoiceField(
                label=_("Where it happens"), choices=[("", _("Choose…")), *areas]
            )

    def tip(self) -> TipData:
        """Return what was told."""
        return TipData(**self.cleaned_data)


class CodeForm(forms.Form):
    """The receipt's code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Sixteen letters and digits, as on your receipt."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class AddForm(forms.Form):
    """Something more, by the holder of a receipt."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    text = _text(_("Something to add"), 5)


class WriteForm(forms.Form):
    """An answer to the giver, or a note for the unit."""

    text = _text(_("Text"), 4)


class CaseForm(forms.Form):
    """The case a tip becomes, in words of the unit's own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CASE_KINDS)
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(
        label=_("What is to be done"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    area = forms.CharField(label=_("Area"), max_length=15)

    def new_case(self) -> NewCase:
        """Return what was typed."""
        return NewCase(**self.cleaned_data)


class DeskForm(forms.Form):
    """Which unit reads which tips."""

    kind = forms.ChoiceField(label=_("Kind of tip"), choices=TipKind)
    unit = forms.TypedChoiceField(label=_("Unit that reads them"), coerce=UUID)
    kept_days = forms.IntegerField(
        label=_("Kept after it is done (days)"), initial=180, min_value=1, max_value=3650
    )
    area = forms.CharField(label=_("From which area and below"), max_length=15)

    def __init__(self, data: Any = None, *, units: list[Unit]) -> None:
        super().__init__(data)
        unit = self.fields["unit"]
        unit.choices = [(one.pk, f"{one.area.name} · {one.name}") for one in units]  # type: ignore[attr-defined]
