"""A form's field for a day."""

from typing import Any

from django import forms


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day with the browser's own calendar; ``options`` are Django's.

    The calendar wants days as ISO 8601 in every language.
    """
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)
