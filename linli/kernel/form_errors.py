"""Putting a refusal into the form that asked for what was refused."""

from django import forms

from linli.kernel.errors import Invalid, Refused


def show_refusal(form: forms.Form, refusal: Refused) -> None:
    """Put each sentence beside the field it is about, and the others on top of the form."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for name, text in fields.items():
        form.add_error(name if name in form.fields else None, str(text))
    if not fields:
        form.add_error(None, f"{refusal.reason} {refusal.hint}".strip())
