"""The forms of footage: whether Linli records a camera, and what is held for a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cameras.web.viewing_forms import NearestCameras, moment
from linli.kernel.days import day_field


class RecordingForm(forms.Form):
    """For how many days what Linli records is kept; the bounds are the action's."""

    days = forms.IntegerField(
        label=_("days kept"),
        help_text=_("At least 30 days: the regulations ask it. Then it is destroyed by itself."),
    )


class HoldForm(forms.Form):
    """What is kept for a case beyond its time: of which cameras, until when, and why."""

    cameras = forms.MultipleChoiceField(label=_("Cameras at the place"), widget=NearestCameras)
    starts = moment(_("recorded from"), required=True)
    ends = moment(_("recorded until"), required=True)
    until = day_field(
        pgettext_lazy("footage", "kept until"),
        help_text=_("Within one year. It can be set anew, with a reason again."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(
        self,
        data: QueryDict | None,
        *,
        found: Sequence[tuple[str, str]],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["cameras"].choices = found  # type: ignore[attr-defined]
