"""The forms of viewing: what is looked at, why, in which way, and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.cameras.actions.ask_grant import Wish
from linli.cameras.queries.viewing import Match
from linli.cameras.viewing_choices import Mode, Purpose

_FORMAT = "%Y-%m-%dT%H:%M"


def moment(label: Any, *, required: bool = False) -> forms.DateTimeField:
    """Return a field for a day and a time of day."""
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=_FORMAT)
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=[_FORMAT], required=required
    )


class NearestCameras(forms.CheckboxSelectMultiple):
    """Cameras to tick, nearest first: a crowded place has dozens, so the further ones are folded."""

    template_name = "cameras/_camera_choices.html"
    OPEN = 8

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the widget's context, with how many are folded and whether one of them is ticked."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        folded = widget["optgroups"][self.OPEN :]
        chosen = any(option["selected"] for _group, options, _index in folded for option in options)
        widget |= {"open": self.OPEN, "folded": len(folded), "folded_is_chosen": chosen}
        return context


class AskForm(forms.Form):
    """Ask for video of cameras that match a case."""

    cameras = forms.MultipleChoiceField(label=_("Cameras at the place"), widget=NearestCameras)
    mode = forms.ChoiceField(
        label=pgettext_lazy("video", "What to look at"),
        choices=[
            (Mode.LIVE, _("What happens now")),
            (Mode.RECORDED, _("What was recorded; a second person must consent")),
        ],
        widget=forms.RadioSelect({"class": "choices-long"}),
        initial=Mode.LIVE,
    )
    starts = moment(_("recorded from"))
    ends = moment(_("recorded until"))
    purpose = forms.ChoiceField(
        label=_("What for"),
        choices=Purpose.choices,
        widget=forms.RadioSelect({"class": "choices-long"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What happened, and what the video is to show. It is kept with your name."),
    )
    unit = forms.ChoiceField(label=_("For which unit"))

    def __init__(
        self, data: QueryDict | None, *, found: Sequence[Match], units: Sequence[tuple[UUID, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.fields["cameras"].choices = [  # type: ignore[attr-defined]
            (str(one.camera.id), line_of(one)) for one in found
        ]
        self.fields["unit"].choices = [(str(unit), name) for unit, name in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = str(units[0][0])

    def wish(self) -> Wish:
        """Return what is asked for."""
        given = self.cleaned_data
        recorded = given["mode"] == Mode.RECORDED
        starts: datetime | None = given["starts"] if recorded else None
        ends: datetime | None = given["ends"] if recorded else None
        return Wish(
            cameras=[UUID(one) for one in given["cameras"]], purpose=given["purpose"],
            reason=given["reason"], mode=given["mode"], starts=starts, ends=ends,
            unit=UUID(given["unit"]),
        )  # fmt: skip


def line_of(one: Match) -> str:
    """Return a camera in a list of those at a place: its name, how far, whether it looks there."""
    distance = gettext("%(n)d m away") % {"n": one.metres}
    said = [f"{one.camera.name} ({one.camera.code})", distance]
    return " · ".join([*said, gettext("looks at the place")] if one.sees else said)
