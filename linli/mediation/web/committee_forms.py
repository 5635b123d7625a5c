"""The forms of committees: founded, changed, their mediators described, and the list's filter."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.choices import Kind
from linli.cases.queries.categories import categories
from linli.kernel.days import day_field
from linli.mediation.actions.describe_mediator import MOST_AT_ONCE, MediatorData
from linli.mediation.actions.found import CommitteeData
from linli.mediation.choices import CommitteeKind
from linli.mediation.models import Committee, Mediator
from linli.mediation.queries.proposal import MOST
from linli.mediation.web.forms import choose

_BETWEEN = re.compile(r"[、，,;；\s]+")


def _specialities(**more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Specialities"), required=False, widget=forms.CheckboxSelectMultiple, **more
    )


def dispute_types(chosen: list[str]) -> list[tuple[str, str]]:
    """Return the official types, and whatever else is chosen already."""
    return [
        (one.code, one.label)
        for one in categories()
        if one.kind == Kind.DISPUTE
        and (one.code in chosen or (one.parent is None and not one.retired))
    ]


class CommitteeForm(forms.Form):
    """What is written about a committee."""

    kind = forms.ChoiceField(label=pgettext_lazy("committee", "Kind"), choices=CommitteeKind)
    name = forms.CharField(label=pgettext_lazy("of a committee", "Name"), max_length=80)
    word = forms.CharField(
        label=_("Word in file numbers"),
        max_length=8,
        help_text=_("It stands before 人调字: (2026)龙人调字第1号. Each committee has its own."),
    )
    seal_name = forms.CharField(
        label=_("Words of the seal"),
        max_length=80,
        required=False,
        help_text=_("Empty: the committee's name."),
    )
    specialities = _specialities(
        help_text=_("Only where it was set up for them; a committee for everything ticks none.")
    )
    remit = forms.CharField(
        label=_("Whose disputes it takes"),
        max_length=200,
        required=False,
        help_text=_("For enterprises and organisations."),
    )
    founded_on = day_field(_("Founded on"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, committee: Committee | None = None) -> None:
        super().__init__(data)
        chosen = committee.specialities if committee else []
        choose(self, "specialities", dispute_types(chosen))
        if committee is None:
            return
        for name in ("kind", "name", "word", "seal_name", "specialities", "remit", "founded_on"):
            self.fields[name].initial = getattr(committee, name)
        for name in ("phone", "address"):
            self.fields[name].initial = getattr(committee.unit, name)
            # A village's committee works as its centre: that one is changed on the page of the area.
            if committee.unit.kind != "committee":
                del self.fields[name]

    def committee(self) -> CommitteeData:
        """Return what was typed."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "area"}
        return CommitteeData(**told | {"specialities": tuple(told["specialities"])})


class FoundForm(CommitteeForm):
    """A new committee, in an area."""

    area = forms.CharField(label=_("Area"), max_length=15)
    field_order = ("area", "kind", "name", "word")


class MediatorForm(forms.Form):
    """What is known of a mediator."""

    full_time = forms.TypedChoiceField(
        label=_("Full-time or part-time"),
        choices=[("1", _("full-time")), ("0", _("part-time"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    certificate = forms.CharField(label=_("Certificate number"), max_length=40, required=False)
    languages = forms.CharField(
        label=_("Languages"),
        max_length=300,
        required=False,
        help_text=_("Besides Mandarin, with commas between: Tibetan, sign language, a dialect."),
    )
    specialities = _specialities()
    most = forms.IntegerField(
        label=_("Open mediations at most"), min_value=0, max_value=MOST_AT_ONCE, initial=MOST
    )
    since = day_field(_("Mediator since"))
    until = day_field(pgettext_lazy("mediator", "Until"), required=False)

    def __init__(self, data: Any = None, *, about: Mediator | None) -> None:
        super().__init__(data)
        choose(self, "specialities", dispute_types(about.specialities if about else []))
        if about is None:
            return
        for name in ("certificate", "specialities", "most", "since", "until"):
            self.fields[name].initial = getattr(about, name)
        self.fields["full_time"].initial = "1" if about.full_time else "0"
        self.fields["languages"].initial = "、".join(about.languages)

    def mediator(self) -> MediatorData:
        """Return what was typed."""
        told = self.cleaned_data
        languages = tuple(one for one in _BETWEEN.split(told["languages"]) if one)
        return MediatorData(
            **told | {"languages": languages, "specialities": tuple(told["specialities"])}
        )


class FilterForm(forms.Form):
    """What the list shows."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("committee", "Kind"),
        choices=[("", _("all")), *CommitteeKind.choices],
        required=False,
    )
    words = forms.CharField(label=_("Name or area"), max_length=60, required=False)

    def asked(self) -> dict[str, str]:
        """Return what to show; what is no kind shows all."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in ("kind", "words")}
