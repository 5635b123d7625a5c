"""The forms of the administration of rules."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.areas.codes import Level
from linli.cases.actions.set_deadline_rule import KEYS, LONGEST
from linli.cases.choices import ClockKind, Difficulty, Kind, Urgency
from linli.cases.queries.categories import categories
from linli.kernel.days import day_field

CLOCKS = {
    "accept": ClockKind.ACCEPT.label,
    "level": ClockKind.LEVEL.label,
    "difficulty": ClockKind.DIFFICULTY.label,
    "return": _("return an assignment"),
    "supervise": ClockKind.SUPERVISE.label,
    "follow_up": ClockKind.FOLLOW_UP.label,
    "mediation": ClockKind.MEDIATION.label,
}
KEY_WORDS: dict[str, dict[str, Any]] = {
    "accept": dict(Urgency.choices),
    "level": dict(Level.choices),
    "difficulty": dict(Difficulty.choices),
    "return": dict(Difficulty.choices),
    "supervise": {"default": _("every supervision")},
    "follow_up": dict(Kind.choices)
    | {
        "agreement_1": _("mediation agreement, first time"),
        "agreement_2": _("mediation agreement, second time"),
    },
    "mediation": {
        "default": _("every type without a line of its own"),
        "medical": _("medical disputes"),
        "labour": _("labour disputes"),
    },
}
UNIT_WORDS = {
    "working_days": _("working days"),
    "calendar_days": _("calendar days"),
    "minutes": _("minutes"),
}


def timed_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Return what can be timed, as ``clock:key``, in groups."""
    return [
        (
            CLOCKS[clock],
            [(f"{clock}:{key}", f"{CLOCKS[clock]}: {KEY_WORDS[clock][key]}") for key in keys],
        )
        for clock, keys in KEYS.items()
    ]


class RuleForm(forms.Form):
    """A rule from a day to come."""

    timed = forms.ChoiceField(label=_("What is timed"), choices=timed_choices)
    area = forms.CharField(
        label=_("Area"),
        required=False,
        max_length=15,
        help_text=_("Left out, it holds in the whole city."),
    )
    amount = forms.IntegerField(label=_("How long"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("In"), choices=list(UNIT_WORDS.items()))
    effective_from = day_field(
        _("Holds from"),
        help_text=_("From tomorrow on. Clocks that run keep the rule of their start."),
    )

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        tomorrow = today + timedelta(days=1)
        super().__init__(data, initial={"effective_from": tomorrow}, auto_id="rule_%s")
        self.fields["effective_from"].widget.attrs["min"] = tomorrow.isoformat()

    def arguments(self) -> dict[str, Any]:
        """Return the action's arguments."""
        given = dict(self.cleaned_data)
        given["clock"], given["key"] = given.pop("timed").split(":")
        return given


def type_choices() -> list[tuple[str, str]]:
    """Return the types a category can lie under, as ``kind:code``, and the kinds alone."""
    found = []
    for kind in Kind:
        found.append((f"{kind.value}:", f"{kind.label}"))
        found += [
            (f"{kind.value}:{one.code}", f"{kind.label} › {one.label}")
            for one in categories()
            if one.kind == kind.value and not one.parent and not one.retired
        ]
    return found


class CategoryForm(forms.Form):
    """A category of the city's own."""

    under = forms.ChoiceField(label=_("Under"), choices=type_choices)
    name = forms.CharField(label=_("What it is called"), max_length=40)
    name_en = forms.CharField(label=_("English name"), required=False, max_length=60)

    def arguments(self) -> dict[str, str]:
        """Return the action's arguments."""
        kind, parent = self.cleaned_data["under"].split(":")
        names = {name: self.cleaned_data[name] for name in ("name", "name_en")}
        return {"kind": kind, "parent": parent, **names}


class RenameForm(forms.Form):
    """Other names for a category."""

    name = forms.CharField(label=_("What it is called"), max_length=40)
    name_en = forms.CharField(label=_("English name"), required=False, max_length=60)


class DayForm(forms.Form):
    """One day that is not as its weekday says."""

    date = day_field(_("Day"))
    works = forms.ChoiceField(
        label=_("It is a"), choices=[("0", _("public holiday")), ("1", _("make-up workday"))]
    )
    name = forms.CharField(label=_("What it is called"), required=False, max_length=40)


class YearForm(forms.Form):
    """The days of a year as the State Council publishes them."""

    text = forms.CharField(
        label=_("Days of a year"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8, "placeholder": "2027-01-01 休 元旦"}),
        help_text=_("One day a line: the date, 休 for a holiday or 班 for a workday, its name."),
    )
