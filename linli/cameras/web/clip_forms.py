"""The form that orders a clip or a still."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.cameras.actions.cut_clip import Cut
from linli.cameras.viewing_choices import ClipKind

_FORMAT = "%Y-%m-%dT%H:%M:%S"


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local", "step": "1"}, format=_FORMAT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_FORMAT, _FORMAT[:-3]])


class CutForm(forms.Form):
    """What is cut, for whom, and how it is disguised."""

    kind = forms.ChoiceField(
        label=_("Clip or still"),
        choices=ClipKind.choices,
        widget=forms.RadioSelect,
        initial=ClipKind.CLIP,
    )
    starts = _moment(_("from"))
    ends = _moment(_("until"))
    recipient = forms.CharField(label=_("Who gets it"), max_length=120)
    for_public = forms.BooleanField(
        label=_("It goes to the public: hide faces and what is drawn"),
        required=False,
        initial=True,
    )
    hide_moving = forms.BooleanField(label=_("Hide everything that moves as well"), required=False)
    boxes = forms.CharField(
        label=_("Boxes over number plates and windows"),
        required=False,
        max_length=4000,
        widget=forms.HiddenInput({"data-boxes-field": ""}),
    )

    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, starts: datetime, ends: datetime, draft: int | None
    ) -> None:
        super().__init__(data, initial={"starts": starts, "ends": ends, "draft": draft})

    def clean_boxes(self) -> list[list[int]]:
        """Read the drawn boxes: a list of four whole numbers each, in thousandths."""
        text = self.cleaned_data["boxes"] or "[]"
        try:
            found = json.loads(text)
            return [[int(one) for one in box] for box in found]
        except (ValueError, TypeError):
            raise forms.ValidationError(gettext("Draw the boxes again.")) from None

    def cut(self) -> Cut:
        """Return what is ordered."""
        given = self.cleaned_data
        is_still = given["kind"] == ClipKind.STILL
        return Cut(
            kind=given["kind"], starts=given["starts"],
            ends=given["starts"] if is_still else given["ends"], recipient=given["recipient"],
            for_public=given["for_public"], hide_moving=given["hide_moving"], boxes=given["boxes"],
        )  # fmt: skip


class RelativeForm(forms.Form):
    """Who looks on beside the viewer, how related, and how that was checked."""

    name = forms.CharField(
        label=_("Name of the relative"),
        max_length=60,
        widget=forms.TextInput({"data-personal": ""}),
    )
    kinship = forms.ChoiceField(label=pgettext_lazy("video", "Kinship"))
    paper = forms.CharField(
        label=_("Number of the paper that proves it"),
        max_length=60,
        widget=forms.TextInput({"data-personal": ""}),
    )
    checked_by = forms.CharField(label=_("How it was checked"), max_length=120)

    def __init__(self, data: QueryDict | None) -> None:
        from linli.cameras.viewing_choices import Kinship

        super().__init__(data)
        self.fields["kinship"].choices = Kinship.choices  # type: ignore[attr-defined]
