"""Whose figures, and of which days: what every page of figures asks at its head."""

from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts.actor import Actor
from linli.accounts.figures import areas_of, may_read, permit
from linli.areas.codes import above, level_of
from linli.areas.models import Area
from linli.kernel.errors import NotFound, NotPermitted
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

    def __init__(
        self, data: Any, *, areas: list[tuple[str, str]], today: date, usual: str = "year"
    ) -> None:
        """``usual`` is the preset that holds while none is chosen."""
        super().__init__(data)
        self.today, self.usual = today, usual
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        """Read an unknown preset, which nobody can have chosen, as the usual one."""
        period: str = self.cleaned_data["period"]
        return period if period in dict(PRESETS) else self.usual

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

    @property
    def kept(self) -> str:
        """The period as the end of an address."""
        if self.preset != OWN:
            return f"&{urlencode({'period': self.preset})}"
        days = {"since": self.chosen.first, "until": self.chosen.last}
        given = {name: str(day) for name, day in days.items() if day}
        return "&" + urlencode({"period": OWN, **given})

    def tabs(self, code: str) -> list[tuple[str, Any, str, bool]]:
        """Return the presets as tabs of the page of an area."""
        return [
            (f"?{urlencode({'area': code, 'period': name})}", label, "", name == self.preset)
            for name, label in PRESETS
        ]

    def chips(self, code: str) -> list[tuple[str, str]]:
        """Return the own period as something that can be taken away."""
        if self.preset != OWN or not self.is_valid():
            return []
        first, last = self.chosen.first, self.chosen.last
        return [(f"{first or '…'} – {last or '…'}", f"?{urlencode({'area': code})}")]


def way_to(actor: Actor, code: str) -> list[Area]:
    """Return the asked area, the first of the actor's own by default, behind the ones above it.

    Only those whose figures the actor reads; raises :class:`NotPermitted` or :class:`NotFound`.
    """
    own = areas_of(actor)
    if not own:
        raise NotPermitted(_("You have no role in an area, and figures belong to areas."))
    code = code or own[0]
    level_of(code)
    permit(actor, code)
    found = Area.objects.filter(code__in=above(code)).order_by("code")
    path = [one for one in found if may_read(actor, one.code)]
    if not path or path[-1].code != code:
        raise NotFound(_("There is no such area."))
    return path


def below(code: str) -> list[Area]:
    """Return the areas right below, also those that are abolished but may have figures."""
    return list(Area.objects.filter(parent=code).order_by("code"))


def choices(actor: Actor, path: list[Area], children: list[Area]) -> list[tuple[str, str]]:
    """Return the areas to choose from: the way down to this one, those below, the actor's others."""
    others = [code for code in areas_of(actor) if code != path[0].code]
    found = Area.objects.filter(code__in=others).order_by("code") if others else ()
    return [
        *((one.code, one.name) for one in path),
        *((one.code, f"　{one.name}") for one in children if not one.abolished_on),
        *((one.code, one.name) for one in found),
    ]
