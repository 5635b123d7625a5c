"""The form that closes a road: where by its name, why, for whom, from when until when."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.roads.actions.close_road import LONGEST_REASON
from linli.roads.models import MODE_WORDS, PlaceKind
from linli.roads.modes import MODES, Mode
from linli.roads.network import Point
from linli.roads.queries import Found, find_places

# So many places of a name are offered to choose from.
OFFERED = 12
_FORMAT = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=_FORMAT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_FORMAT])


class ClosingForm(forms.Form):
    """What is typed; ``point`` is where the chosen place is, once it is clear."""

    shape = forms.CharField(
        label=gettext_lazy("Where"), max_length=60,
        help_text=gettext_lazy("A street, an address or a place, as the map has it."),
    )  # fmt: skip
    spot = forms.ChoiceField(
        label=gettext_lazy("Which of them"), required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=pgettext_lazy("closed road", "reason"), max_length=LONGEST_REASON
    )
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("closed for"), choices=MODE_WORDS,
        initial=[mode.value for mode in MODES], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    since = _moment(gettext_lazy("from"))
    until = _moment(gettext_lazy("until"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        words = self.data.get("shape", "").replace("\0", "")[:60] if self.is_bound else ""
        self.found = find_places(words, most=OFFERED) if words else []
        if len(self.found) < 2:
            del self.fields["spot"]
            return
        choices = [(str(number), _line(one)) for number, one in enumerate(self.found)]
        self.fields["spot"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put the point of the chosen place beside what was typed."""
        given = super().clean() or {}
        if not given.get("shape"):
            return given
        if not self.found:
            self.add_error("shape", _("The map has nothing of this name."))
        elif len(self.found) == 1:
            given["point"] = self.found[0].point
        elif given.get("spot"):
            given["point"] = self.found[int(given["spot"])].point
        elif "spot" not in self.errors:
            self.add_error("spot", _("The map has several: choose one."))
        return given

    def asked(self) -> dict[str, Any]:
        """Return what the action is called with."""
        given = self.cleaned_data
        point: Point = given["point"]
        since: datetime = given["since"]
        return {
            "reason": given["reason"], "since": since, "until": given["until"], "point": point,
            "modes": [Mode(mode) for mode in given["modes"]],
        }  # fmt: skip


def _line(found: Found) -> str:
    kind = PlaceKind(found.kind).label
    address = f" · {found.address}" if found.address and found.address != found.name else ""
    longitude, latitude = found.point
    return f"{found.name}{address} · {kind} ({longitude:.4f}, {latitude:.4f})"
