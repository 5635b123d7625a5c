"""Putting a refusal into the form that asked for what was refused."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django import forms

from linli.kernel.errors import Invalid, Refused

# The form's names for fields that the action calls by its own.
type Names = Mapping[str, str]
_SAME: Names = MappingProxyType({})


def attempt(form: forms.Form, act: Callable[[], str], names: Names = _SAME) -> str | None:
    """Do what a valid form asks and return what to say; put a refusal into the form."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Invalid as wrong:
        show_refusal(form, wrong, names)
    return None


def show_refusal(form: forms.Form, refusal: Refused, names: Names = _SAME) -> None:
    """Put each sentence beside the field it is about, and the others on top of the form."""
    if not show_beside(form, refusal, names):
        form.add_error(None, f"{refusal.reason} {refusal.hint}".strip())


def show_beside(form: forms.Form, refusal: Refused, names: Names = _SAME) -> bool:
    """Put the sentences a refusal has about fields beside them; say whether there were any."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for said, sentence in fields.items():
        name = names.get(said, said)
        form.add_error(name if name in form.fields else None, str(sentence))
    return bool(fields)
