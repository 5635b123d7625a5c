"""Which figures: area and period."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.periods import Period, month_after, month_of

PRESETS = [
    ("year", gettext_lazy("This year")),
    ("month", gettext_lazy("This month")),
    ("last_year", gettext_lazy("Last year")),
    ("twelve", gettext_lazy("Last twelve months")),
    ("all", gettext_lazy("Since records began")),
]
# What stands for a preset while there are dates of one's own.
OWN = "own"


def preset_period(preset: str, today: date) -> Period:
    """Return the period a preset names today."""
    match preset:
        case "month":
            return Period(month_of(today), today)
        case "last_year":
            return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        case "twelve":
            return Period(month_after(month_of(today), -11), today)
        case "all":
            return Period()
    return Period(date(today.year, 1, 1), today)


class FiguresForm(forms.Form):
    """The choice at the head of the figures; ``chosen`` is the :class:`Period`."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    # Chosen by links, so it is never shown as a field.
    period = forms.CharField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, data: Any, *, areas: list[tuple[str, str]], today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        """Read an unknown preset, which nobody can have chosen, as the first."""
        period: str = self.cleaned_data["period"]
        return period if period in dict(PRESETS) else PRESETS[0][0]

    def clean(self) -> dict[str, Any]:
        """Check that the period begins before it ends."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("The period ends before it begins."))
        return cleaned

    @property
    def preset(self) -> str:
        """The preset that holds; dates of one's own win over it."""
        if self.cleaned_data.get("since") or self.cleaned_data.get("until"):
            return OWN
        period: str = self.cleaned_data["period"]
        return period

    @property
    def chosen(self) -> Period:
        """The period that was chosen; the preset's where the dates are of no use."""
        if self.preset == OWN and self.is_valid():
            return Period(self.cleaned_data["since"], self.cleaned_data["until"])
        return preset_period(self.preset, self.today)
