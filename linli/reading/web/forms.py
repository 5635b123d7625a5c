"""The forms of the lists reading works with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.choices import Kind, Urgency
from linli.cases.queries.categories import categories


def target_choices() -> list[tuple[str, Any]]:
    """Return what a word can point to, as ``kind:code``; a kind as a whole first."""
    found: list[tuple[str, Any]] = []
    for kind in Kind:
        rows: list[tuple[str, Any]] = [(f"{kind.value}:", _("the kind as a whole"))]
        rows += [
            (f"{kind.value}:{one.code}", one.label)
            for one in categories()
            if one.kind == kind.value and not one.retired
        ]
        found.append((str(kind.label), rows))
    return found


class KeywordForm(forms.Form):
    """A word that points to a category."""

    word = forms.CharField(label=_("Word"), min_length=2, max_length=30)
    target = forms.ChoiceField(label=_("Points to"), choices=target_choices)
    weight = forms.TypedChoiceField(
        label=_("Weight"),
        coerce=int,
        initial=2,
        choices=[(3, _("telling")), (2, _("usual")), (1, _("faint"))],
    )

    def arguments(self) -> dict[str, Any]:
        """Return the action's arguments."""
        kind, category = self.cleaned_data["target"].split(":")
        given = {name: self.cleaned_data[name] for name in ("word", "weight")}
        return {**given, "kind": kind, "category": category}


class UrgencyForm(forms.Form):
    """A word that makes a matter urgent."""

    word = forms.CharField(label=_("Word"), min_length=2, max_length=30)
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[choice for choice in Urgency.choices if choice[0] != Urgency.NORMAL],
    )


class AliasForm(forms.Form):
    """What people call a place."""

    alias = forms.CharField(
        label=_("Name people use"),
        min_length=2,
        max_length=40,
        help_text=_("A street, a market, an old name, a landmark."),
    )
    area = forms.CharField(label=_("Area"), max_length=15)


class ThresholdForm(forms.Form):
    """When to ask."""

    threshold = forms.IntegerField(
        label=_("Ask below (percent)"),
        min_value=30,
        max_value=99,
        help_text=_("What is less sure than this is asked, with the likelier answers."),
    )


class TryForm(forms.Form):
    """A text to try."""

    text = forms.CharField(
        label=_("A text to try"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
