"""What is typed about an alarm: a reason, another desk, and a call."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.accounts.actor import Actor
from linli.alarms.actions.enter import LONGEST_TEXT, Call
from linli.alarms.actions.step import LONGEST_NOTE
from linli.alarms.choices import Kind
from linli.alarms.queries.spots import Place, area_of, find_spots
from linli.kernel.ids import new_id

# The digit that chooses a kind is its place here.
CALL_KINDS = (
    Kind.VIOLENCE, Kind.FIRE, Kind.MEDICAL, Kind.ACCIDENT, Kind.HELP, Kind.MISSING, Kind.GAS,
    Kind.WATER, Kind.OTHER,
)  # fmt: skip


class NoteForm(forms.Form):
    """A reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=pgettext_lazy("alarm", "Reason"), max_length=LONGEST_NOTE,
        widget=forms.TextInput({"autofocus": True}),
    )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """Return the action's own arguments."""
        return {"note": self.cleaned_data["note"]}


class HandOnForm(NoteForm):
    """A reason, and the desk that shall answer."""

    to = forms.ChoiceField(label=gettext_lazy("To the desk of"), widget=forms.RadioSelect)
    field_order = ["to", "note"]

    def __init__(self, *given: Any, desks: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["to"].choices = desks  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return the action's own arguments."""
        return {"note": self.cleaned_data["note"], "to": self.cleaned_data["to"]}


class CallForm(forms.Form):
    """A call. ``spot`` is one of the places the words may mean; empty: as it was typed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What happens there?"),
        choices=[(kind.value, kind.label) for kind in CALL_KINDS], widget=forms.RadioSelect,
    )  # fmt: skip
    where = forms.CharField(
        label=gettext_lazy("Where?"), max_length=60, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=gettext_lazy("A school, a shop, a village, a street: a few characters are enough."),
    )  # fmt: skip
    spot = forms.ChoiceField(
        label=gettext_lazy("Which of them"), required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("What the caller says"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2, "data-personal": ""}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Caller's number"), required=False, max_length=30,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "data-personal": ""}),
    )  # fmt: skip

    def __init__(self, posted: QueryDict | None, *, actor: Actor) -> None:
        super().__init__(posted, initial={"key": new_id(), "kind": Kind.HELP})
        self.actor = actor
        words = self.data.get("where", "")[:60] if self.is_bound else ""
        self.found: list[Place] = find_spots(actor, words) if words else []
        choices = [(str(number), _line(one)) for number, one in enumerate(self.found)]
        self.fields["spot"].choices = [*choices, ("as-typed", _("As it was typed"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Choose the place where the words leave one; ask where they leave several."""
        given = super().clean() or {}
        chosen, spot = given.get("spot", ""), None
        if chosen.isdigit():
            spot = self.found[int(chosen)]
        elif not chosen and self.found:
            named = [one for one in self.found if one.name == given.get("where")]
            if len(self.found) == 1 or len(named) == 1:
                spot = (named or self.found)[0]
            else:
                self.add_error("spot", _("Several places have these words: choose one."))
        given["place"] = spot
        return given

    @property
    def must_choose(self) -> bool:
        """Say whether the page has to show the places the words may mean."""
        return "spot" in self.errors

    def call(self) -> Call:
        """Return what the action takes."""
        given, spot = self.cleaned_data, self.cleaned_data["place"]
        return Call(
            key=str(given["key"]), kind=given["kind"], area=area_of(self.actor, spot),
            place=spot.name if spot else given["where"], text=given["text"],
            phone=given["phone"], premises=UUID(spot.premises) if spot and spot.premises else None,
            longitude=spot.longitude if spot else None, latitude=spot.latitude if spot else None,
        )  # fmt: skip


def _line(place: Place) -> str:
    return f"{place.name} · {place.detail}" if place.detail else place.name
