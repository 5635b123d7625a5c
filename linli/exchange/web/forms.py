"""Forms of webhooks. What may be said is judged by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.exchange.actions.subscribe import Wish
from linli.exchange.models import Subscription
from linli.exchange.targets import LONGEST_URL


class WishForm(forms.Form):
    """What another system is told, and where."""

    name = forms.CharField(
        label=_("Which system"), max_length=60, help_text=_("As your colleagues call it.")
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_URL,
        help_text=_("It begins with https:// and takes a POST."),
        widget=forms.URLInput,
    )
    patterns = forms.CharField(
        label=_("Events"),
        help_text=_("One a line: case.resolve, all of a kind case.*, or everything *"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        initial="case.*",
    )
    area = forms.CharField(label=_("Of which area and below"), max_length=15)

    def wish(self) -> Wish:
        """Return what was typed."""
        data = dict(self.cleaned_data)
        return Wish(**(data | {"patterns": data["patterns"].split()}))


class HostForm(forms.Form):
    """A host of the city's own network."""

    host = forms.CharField(label=_("Host"), max_length=253, help_text=_("A name or a number."))
    reason = forms.CharField(label=_("What it is"), max_length=120)


def given(row: Subscription) -> dict[str, Any]:
    """Return what a subscription says, as its form begins with."""
    return {
        "name": row.name, "url": row.url, "area": row.area, "patterns": "\n".join(row.patterns),
    }  # fmt: skip
