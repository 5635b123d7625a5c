"""The form of a rule: what a case must be, and where it goes."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts.scope import in_area
from linli.areas.codes import LENGTHS
from linli.areas.models import Unit
from linli.cases.choices import Channel, Kind, Urgency
from linli.cases.queries.case import colleagues
from linli.cases.queries.categories import categories
from linli.kernel.days import day_field
from linli.routing.actions.write_rule import Wording
from linli.routing.matching import Hours
from linli.routing.models import DAYS, HOURS, Rule, RuleSet

# Units so many levels below the rules' own area are offered; a village's own go into its own rules.
LEVELS_BELOW = 2
_LISTS = ("kinds", "categories", "urgencies", "channels", "weekdays")
_PLAIN = ("hours", "days", "since", "until", "starts", "ends", "why")

type Group = tuple[str, list[tuple[str, str]]]


def offered_units(area: str, keep: Unit | None) -> list[Group]:
    """Return the open units rules of ``area`` may lead to, by their area; ``keep`` always too."""
    lengths = [length for length in LENGTHS if length >= len(area)][: LEVELS_BELOW + 1]
    reach = in_area(area, "area_id") & Q(area__level__in=[LENGTHS[length] for length in lengths])
    found = Unit.objects.filter(reach, closed_on=None).select_related("area")
    units = sorted(found, key=lambda unit: (unit.area_id, unit.kind, unit.name))
    if keep is not None and keep not in units:
        units.insert(0, keep)
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        groups.setdefault(unit.area.name, []).append((str(unit.id), unit.name))
    return list(groups.items())


def category_choices() -> list[Group]:
    """Return the categories by kind, those under a type behind it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in categories():
        if not one.retired:
            label = f"— {one.label}" if one.parent else one.label
            groups.setdefault(one.kind_label, []).append((one.code, label))
    return list(groups.items())


def _many(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=widget, **more
    )


def _weekdays() -> list[tuple[int, Any]]:
    return [(number + 1, name) for number, name in WEEKDAYS.items()]


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class RuleForm(forms.Form):
    """A rule of a draft. What is left open stands for everything."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.CharField(label=_("Where"), max_length=15)
    kinds = _many(_("Kinds"), Kind.choices)
    categories = forms.MultipleChoiceField(
        label=_("Categories"),
        required=False,
        choices=category_choices,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("Several with Ctrl. Those under a type are meant with it."),
    )
    urgencies = _many(_("Urgency"), Urgency.choices)
    channels = _many(_("How it came in"), Channel.choices)
    hours = forms.ChoiceField(label=_("When it is sent"), choices=HOURS, widget=forms.RadioSelect)
    days = forms.ChoiceField(label=_("Days"), choices=DAYS, required=False)
    weekdays = _many(_("Weekdays"), _weekdays)
    since = _time(pgettext_lazy("time of day", "From"))
    until = _time(pgettext_lazy("time of day", "To"))
    unit = forms.ChoiceField(label=_("Goes to"))
    handler = forms.ChoiceField(
        label=_("Which person"), required=False, help_text=_("Left out, the unit sees to it.")
    )
    why = forms.CharField(
        label=_("Why this rule"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Shown with every case it sends. No personal data."),
    )
    starts = day_field(_("Holds from"), required=False)
    ends = day_field(_("Holds until"), required=False)

    def __init__(self, data: Any, *, draft: RuleSet, rule: Rule | None, today: date) -> None:
        given = _given(rule) if rule else {"place": draft.area_id, "hours": Hours.ANY}
        super().__init__(data, initial={"version": draft.version, **given}, auto_id="rule_%s")
        units = [
            ("", _("Choose a unit")),
            *offered_units(draft.area_id, rule.unit if rule else None),
        ]
        self._offer("unit", units)
        chosen = str(data.get("unit", "")) if data is not None else given.get("unit", "")
        self._offer("handler", people_choices(chosen, today))
        self._offer_categories(rule)

    def _offer(self, name: str, choices: Iterable[Any]) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = list(choices)

    def _offer_categories(self, rule: Rule | None) -> None:
        """A retired category that the rule names stays chosen."""
        kept = set(rule.categories) if rule else set()
        retired = [
            (one.code, one.label) for one in categories() if one.retired and one.code in kept
        ]
        if retired:
            self._offer("categories", [*category_choices(), (str(_("retired")), retired)])

    def wording(self) -> Wording:
        """Return what the action takes."""
        given = self.cleaned_data
        lists: dict[str, Any] = {name: tuple(given[name]) for name in _LISTS}
        lists["weekdays"] = tuple(int(number) for number in given["weekdays"])
        return Wording(
            place=given["place"],
            unit=UUID(given["unit"]),
            handler=UUID(given["handler"]) if given["handler"] else None,
            **lists,
            **{name: given[name] for name in _PLAIN},
        )


def _given(rule: Rule) -> dict[str, Any]:
    return {
        "place": rule.place_id,
        "unit": str(rule.unit_id),
        "handler": str(rule.handler_id) if rule.handler_id else "",
        **{name: getattr(rule, name) for name in (*_LISTS, *_PLAIN)},
    }


def people_choices(unit: str, today: date) -> list[tuple[str, Any]]:
    """Return nobody in particular, and the people who work in a unit."""
    try:
        found = list(colleagues(UUID(unit), today))
    except ValueError:
        found = []
    return [("", _("nobody in particular")), *((str(one.id), one.name) for one in found)]
