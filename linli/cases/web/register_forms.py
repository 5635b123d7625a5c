"""The intake form: short for every day, the rest folded away."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.areas.models import Unit
from linli.cases.actions.register import Matter
from linli.cases.choices import Channel, Difficulty, Kind, Scale, Urgency
from linli.cases.models import Category
from linli.cases.web.party_forms import IntakePartyForm
from linli.cases.web.verb_forms import UnitField
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date

# The part each row of parties has; the first two are open on the form.
PARTS = ("applicant", "respondent", "applicant", "respondent")
LOWEST_LENGTH = 12


def usual_channel(actor: Actor) -> str:
    """Return how matters mostly reach this person."""
    if actor.holds(RoleKind.GRID_WORKER):
        return Channel.GRID_WORKER
    return Channel.PHONE if actor.holds(RoleKind.DISPATCHER) else Channel.WINDOW


def units_at(actor: Actor) -> list[Unit]:
    """Return the actor's own units and the other open units of the same areas, in one query."""
    areas = {role.area for role in actor.roles}
    found = Unit.objects.filter(Q(pk__in=actor.units) | Q(area__in=areas), closed_on=None)
    return list(found.order_by("kind", "name"))


class IntakeForm(forms.Form):
    """What was told at the intake."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind, widget=forms.RadioSelect, initial=Kind.DISPUTE
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    title = forms.CharField(
        label=_("In a few words"),
        max_length=120,
        help_text=_("What it is about, without names."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("What happened"),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    area = forms.CharField(label=_("Where"), max_length=15)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Place in words"),
        max_length=120,
        required=False,
        help_text=_("Building, floor, shop, crossing…"),
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency, initial=Urgency.NORMAL, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label=_("How it came in"), choices=Channel)
    happened_on = forms.DateField(
        label=_("Happened on"), required=False, widget=forms.DateInput({"type": "date"})
    )
    unit = forms.ChoiceField(label=_("Send to"), required=False)

    difficulty = forms.ChoiceField(
        label=_("Difficulty"), choices=Difficulty, initial=Difficulty.ORDINARY
    )
    scale = forms.ChoiceField(label=_("Scale"), choices=Scale, initial=Scale.INDIVIDUAL)
    source_number = forms.CharField(
        label=_("Number at the referring body"), max_length=60, required=False
    )
    high_risk = forms.BooleanField(
        label=_("High risk: it may turn violent or spread"), required=False
    )

    def __init__(
        self, data: Any = None, *, actor: Actor, units: Iterable[Unit], now: datetime
    ) -> None:
        super().__init__(data)
        own = next((role.area for role in actor.roles if len(role.area) >= LOWEST_LENGTH), "")
        self.initial.update(key=new_id(), channel=usual_channel(actor), area=own)
        day = self.fields["happened_on"].widget.attrs
        day["max"] = local_date(now).isoformat()
        self._offer_categories()
        self._offer_units(units)
        self.parties = [
            IntakePartyForm(data, prefix=f"party{n}", initial={"role": part})
            for n, part in enumerate(PARTS)
        ]

    def _offer_categories(self) -> None:
        groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in Kind.values}
        for category in Category.objects.filter(retired=False):
            groups[category.kind].append((category.code, category.label))
        field = cast("forms.ChoiceField", self.fields["category"])
        # Labelled by kind: without scripts the groups tell which belong together.
        field.choices = [
            ("", _("not known yet")),
            *((str(Kind(kind).label), rows) for kind, rows in groups.items()),
        ]

    def _offer_units(self, units: Iterable[Unit]) -> None:
        field = cast("forms.ChoiceField", self.fields["unit"])
        name = UnitField(Unit.objects.none()).label_from_instance
        field.choices = [
            ("", _("As the rules say, else the lowest area that covers the place")),
            *((str(unit.id), name(unit)) for unit in units),
        ]

    def is_valid(self) -> bool:
        """Say whether the matter and every party can be taken."""
        return all([super().is_valid(), *(form.is_valid() for form in self.parties)])

    def matter(self) -> Matter:
        """Return what the action takes."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in _APART}
        return Matter(
            **values,
            category=self.cleaned_data["category"] or None,
            latitude=self.cleaned_data["lat"],
            longitude=self.cleaned_data["lng"],
            parties=[form.party() for form in self.parties if form.cleaned_data.get("name")],
        )


_APART = frozenset({"key", "category", "lat", "lng", "unit"})
