"""The forms of the clause library: one clause, and the choice of a type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.mediation.actions.write_clause import ClauseData
from linli.mediation.models import Clause
from linli.mediation.queries.clauses import next_position
from linli.mediation.web.committee_forms import dispute_types
from linli.mediation.web.forms import choose


class ClauseForm(forms.Form):
    """What a clause says, where it stands, and for which types it is offered."""

    title = forms.CharField(label=pgettext_lazy("clause", "Title"), max_length=60)
    text = forms.CharField(
        label=_("Text"), max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "Amounts, days and people are written as fields in braces, which the agreement fills."
            " Articles that are cited are checked in the law library."
        ),
    )  # fmt: skip
    categories = forms.MultipleChoiceField(
        label=_("For the types"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all types."),
    )  # fmt: skip
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=9999,
        help_text=_("The smallest number comes first."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, clause: Clause | None = None) -> None:
        super().__init__(data)
        choose(self, "categories", dispute_types(clause.categories if clause else []))
        if clause is None:
            self.fields["position"].initial = next_position()
            return
        for name in ("title", "text", "categories", "position"):
            self.fields[name].initial = getattr(clause, name)

    def clause(self) -> ClauseData:
        """Return what was typed."""
        told = self.cleaned_data
        return ClauseData(**told | {"categories": tuple(told["categories"])})


class TypeForm(forms.Form):
    """For which type the list is shown."""

    category = forms.ChoiceField(label=_("Type of dispute"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choose(self, "category", [("", _("all")), *dispute_types([])])

    def asked(self) -> str:
        """Return the type; what is no type shows all."""
        self.full_clean()
        return str(self.cleaned_data.get("category", ""))
