"""The forms of stores and of the pool of experts."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.models import Unit
from linli.dispatch.actions.experts import ExpertData
from linli.dispatch.actions.stores import MOST, StoreData
from linli.dispatch.models import Field, Incident, SupplyKind
from linli.dispatch.policy import DISPATCHING, visible_to
from linli.kernel.days import day_field
from linli.kernel.ids import read_id
from linli.premises.hours import Week, read_hours

_CITY = 4
# Open incidents offered in a form.
_LATEST = 50


def choose(form: forms.Form, name: str, choices: Any) -> None:
    """Give a form's field its choices."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def _units(actor: Actor, *, own: bool) -> list[tuple[str, str]]:
    """Return the actor's units first, and the open ones of their cities unless only ``own``."""
    cities = {role.area[:_CITY] for role in actor.roles}
    rows = Unit.objects.filter(closed_on=None)
    if own:
        rows = rows.filter(pk__in=actor.units)
    else:
        within = Unit.objects.none()
        for city in cities:
            within = within | rows.filter(in_area(city))
        rows = within
    found = rows.order_by("area", "kind", "name").values_list("id", "name")
    return sorted(
        ((str(k), n) for k, n in found), key=lambda one: one[0] not in map(str, actor.units)
    )


def _open(actor: Actor) -> QuerySet[Incident]:
    return Incident.objects.filter(visible_to(actor), state="open").select_related("case", "kind")


def _asked(actor: Actor, incident: str) -> Incident | None:
    """Return the incident whose page a form was opened from (its id as text)."""
    key = read_id(incident)
    return _open(actor).filter(pk=key).first() if key else None


def _for(first: Incident | None) -> dict[str, str]:
    """Return what a form begins with that was opened from the page of ``first``."""
    if first is None:
        return {}
    return {"incident": str(first.pk), "why": f"{first.kind.label} {first.place}".strip()}


def _incidents(actor: Actor, first: Incident | None) -> list[tuple[str, str]]:
    """Return the latest open incidents to choose from, and ``first`` however old it is."""
    latest = list(_open(actor).order_by("-id")[:_LATEST])
    if first is not None and first not in latest:
        latest.insert(0, first)
    titles = [(str(one.pk), f"{one.case.number} {one.case.title}") for one in latest]
    return [("", gettext("no incident")), *titles]


class StoreForm(forms.Form):
    """A new store."""

    name = forms.CharField(label=pgettext_lazy("store", "Name"), max_length=60)
    area = forms.CharField(label=_("Area"), max_length=15)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Kept by"))
    address = forms.CharField(label=_("Address"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        choose(self, "unit", _units(actor, own=False))

    def store(self) -> StoreData:
        """Return what was typed."""
        told = dict(self.cleaned_data)
        return StoreData(longitude=told.pop("lng"), latitude=told.pop("lat"), **told)


class ReceiveForm(forms.Form):
    """Supplies that come in."""

    kind = forms.ChoiceField(label=_("Supplies"))
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST)
    expires_on = day_field(_("To be used by"), required=False, help_text=_("Empty for what keeps."))
    mark = forms.CharField(label=_("Mark of the lot"), max_length=40, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choose(
            self,
            "kind",
            [
                (one.code, f"{one.label}（{one.measure}）")
                for one in SupplyKind.objects.filter(retired=False)
            ],
        )


class WriteOffForm(forms.Form):
    """What is taken out for good."""

    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST)
    why = forms.CharField(label=_("Reason"), max_length=200)


class CountForm(forms.Form):
    """What a count found."""

    found = forms.IntegerField(label=_("How many lie there"), min_value=0, max_value=MOST)


class RequestForm(forms.Form):
    """What is asked of a store: a number beside each kind it has."""

    unit = forms.ChoiceField(label=pgettext_lazy("supplies", "For which unit"))
    why = forms.CharField(label=_("What for"), max_length=200)
    incident = forms.ChoiceField(label=_("Incident"), required=False)

    def __init__(
        self, data: Any = None, *, actor: Actor, kinds: list[tuple[SupplyKind, int]],
        incident: str = "",
    ) -> None:  # fmt: skip
        first = _asked(actor, incident)
        super().__init__(data, initial=_for(first))
        self.kinds = [kind for kind, _free in kinds]
        choose(self, "unit", _units(actor, own=not actor.holds(*DISPATCHING)))
        choose(self, "incident", _incidents(actor, first))
        for kind, free in kinds:
            self.fields[f"want_{kind.code}"] = forms.IntegerField(
                label=kind.label, required=False, min_value=0, max_value=MOST,
                help_text=gettext("%(free)d %(measure)s free") % {"free": free, "measure": kind.measure},
            )  # fmt: skip

    def wanted(self) -> dict[str, int]:
        """Return kind → how many, without zeros."""
        told = self.cleaned_data
        return {k.code: many for k in self.kinds if (many := told.get(f"want_{k.code}"))}


class ReturnForm(forms.Form):
    """How much of each kind comes back; the rest is used up."""

    def __init__(self, data: Any = None, *, lines: list[dict[str, Any]]) -> None:
        super().__init__(data)
        self.kinds = [line["line"].kind for line in lines]
        for line in lines:
            kind = line["line"].kind
            self.fields[f"back_{kind.code}"] = forms.IntegerField(
                label=kind.label, min_value=0, max_value=line["out"], initial=line["out"],
                help_text=gettext("%(out)d handed out") % {"out": line["out"]},
            )  # fmt: skip
        self.fields["note"] = forms.CharField(label=gettext("Note"), max_length=200, required=False)

    def back(self) -> dict[str, int]:
        """Return kind → how many come back."""
        return {kind.code: self.cleaned_data[f"back_{kind.code}"] for kind in self.kinds}


class _Hours(forms.CharField):
    def clean(self, value: Any) -> Week:
        try:
            return read_hours(super().clean(value))
        except ValueError:
            raise forms.ValidationError(
                gettext("Write it like this: 周一至周五 08:00-18:00；周六 09:00-12:00.")
            ) from None


class ExpertForm(forms.Form):
    """A new expert; name and phone are personal."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), max_length=40,
        widget=forms.TextInput({"data-personal": "", "autocomplete": "off"}),
    )  # fmt: skip
    phone = forms.RegexField(
        r"^[0-9+() -]{3,30}$", label=_("Phone"),
        widget=forms.TextInput({"data-personal": "", "autocomplete": "off", "inputmode": "tel"}),
        error_messages={"invalid": _("Write digits only, such as 0935 8210000.")},
    )  # fmt: skip
    job = forms.CharField(label=_("Profession"), max_length=60)
    organisation = forms.CharField(label=_("Organisation"), max_length=80, required=False)
    area = forms.CharField(label=_("Area"), max_length=15)
    fields_ = forms.MultipleChoiceField(label=_("Asked in"), widget=forms.CheckboxSelectMultiple)
    hours = _Hours(
        label=_("Can be called at"), max_length=300, required=False,
        help_text=_("Empty: at any time. Such as: 周一至周五 08:00-18:00."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choose(
            self, "fields_", [(one.code, one.label) for one in Field.objects.filter(retired=False)]
        )

    def expert(self) -> ExpertData:
        """Return what was typed."""
        told = dict(self.cleaned_data)
        return ExpertData(fields=told.pop("fields_"), **told)


class AwayForm(forms.Form):
    """Until when an expert is away; empty: back again."""

    until = day_field(_("Away until"), required=False)


class CallForm(forms.Form):
    """What an expert is called for."""

    why = forms.CharField(label=_("What for"), max_length=200)
    incident = forms.ChoiceField(label=_("Incident"), required=False)

    def __init__(self, data: Any = None, *, actor: Actor, incident: str = "") -> None:
        first = _asked(actor, incident)
        super().__init__(data, initial=_for(first))
        choose(self, "incident", _incidents(actor, first))
