"""The filters above a list, and what is chosen for the cases ticked in it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.areas.codes import Level
from linli.cases.choices import Channel, Kind, Light, State
from linli.cases.queries.categories import categories
from linli.cases.queries.named import people_named, units_named
from linli.cases.queries.selection import BY_DEADLINE, NEWEST, Selection, number_or_words
from linli.kernel.days import day_field
from linli.kernel.working_days import local_date

ANY = ("", _("all"))
# One character alone would have every title read.
SHORTEST_WORD = 2
STATES = [
    ("open", _("all that are open")),
    ("done", _("all that are resolved or closed")),
    ("ended", _("all that ended otherwise")),
    *State.choices,
]
ORDERS = [(NEWEST, _("newest first")), (BY_DEADLINE, _("nearest deadline first"))]


def _choices(*choices: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [ANY, *choices]


def category_choices() -> Iterator[tuple[str, str]]:
    """Give the categories with their kinds, retired ones last."""
    yield "", str(ANY[1])
    for kind in Kind:
        for one in categories():
            if one.kind == kind.value:
                indent = "· " if one.parent else ""
                yield one.code, f"{kind.label}: {indent}{one.label}"


class FilterForm(forms.Form):
    """Every filter of a list; all may be left out. Read by :meth:`selection`."""

    q = forms.CharField(
        label=_("Number, or words of the title"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"data-search": "", "type": "search"}),
    )
    area = forms.CharField(label=_("Area"), required=False, max_length=15)
    state = forms.ChoiceField(label=_("State"), required=False, choices=_choices(*STATES))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_choices(*Kind.choices))
    category = forms.ChoiceField(label=_("Category"), required=False, choices=category_choices)
    level = forms.ChoiceField(
        label=_("Level that has it"), required=False, choices=_choices(*Level.choices[1:])
    )
    light = forms.ChoiceField(label=_("Light"), required=False, choices=_choices(*Light.choices))
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=_choices(*Channel.choices)
    )
    handler = forms.CharField(label=_("Handler (name)"), required=False, max_length=60)
    unit = forms.CharField(label=_("Unit that has it (words)"), required=False, max_length=60)
    since = day_field(_("Registered from"), required=False)
    until = day_field(_("Registered until"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)
    mine = forms.BooleanField(label=_("Only what I handle"), required=False)
    overdue = forms.BooleanField(label=_("Only what is overdue"), required=False)

    def __init__(self, data: QueryDict | Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter_%s")

    def clean_q(self) -> str:
        """Refuse a word of one character."""
        text = str(self.cleaned_data["q"]).strip()
        if any(len(word) < SHORTEST_WORD for word in text.split()):
            raise forms.ValidationError(_("Please write words of at least two characters."))
        return text

    def clean_area(self) -> str:
        """Refuse what is no code."""
        code = str(self.cleaned_data["area"]).strip()
        if code and not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("Choose an area."))
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        return given

    def selection(self, actor: Actor, now: datetime) -> Selection:
        """Return what the filters ask for; the form must be valid."""
        given = self.cleaned_data
        handlers = people_named(given["handler"]) if given["handler"] else None
        if given["mine"] and actor.user_id:
            handlers = (actor.user_id,)
        return Selection(
            **number_or_words(given["q"], actor, local_date(now)),  # type: ignore[arg-type]
            **{
                name: given[name]
                for name in ("area", "kind", "category", "state", "level", "light", "channel")
            },
            overdue=given["overdue"],
            handlers=handlers,
            units=units_named(given["unit"]) if given["unit"] else None,
            since=given["since"],
            until=given["until"],
            order=given["order"] or NEWEST,
        )

    def chips(self, query: QueryDict) -> list[tuple[str, str]]:
        """Return what is filtered in words, each with the address without it."""
        found = []
        for name, value in self.cleaned_data.items():
            if not value or name == "order":
                continue
            rest = query.copy()
            rest.pop(name, None)
            field = self.fields[name]
            if isinstance(field, forms.BooleanField):
                text = str(field.label)
            else:
                shown = dict(getattr(field, "choices", ())).get(value, value)
                text = f"{field.label}: {shown}"
            found.append((text, f"?{rest.urlencode()}"))
        return found


def bare_query(query: QueryDict) -> QueryDict:
    """Return an address's filters without its place in the list and without empty ones."""
    kept = QueryDict(mutable=True)
    for name in FilterForm.base_fields:
        if value := query.get(name, "").strip():
            kept[name] = value
    return kept
