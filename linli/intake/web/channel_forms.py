"""Forms of sources. What may be said is judged by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.choices import Kind
from linli.intake.channel_models import ChannelKind, Source
from linli.intake.channels.body import MOST_BYTES
from linli.intake.fields import EXTRA, FIELDS, IGNORE


class SourceForm(forms.Form):
    """What every source is asked for."""

    name = forms.CharField(label=_("What it is"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind of matter"),
        choices=Kind.choices,
        initial=Kind.REQUEST,
        help_text=_("Where the text itself does not tell."),
    )
    area = forms.CharField(
        label=_("For which area and below"),
        max_length=15,
        help_text=_("Matters whose place can't be told go to the centre of this area."),
    )


class MailboxForm(SourceForm):
    """An IMAP mailbox."""

    host = forms.CharField(label=_("Server"), max_length=253)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(
        label=_("Encryption"), choices=[("tls", "TLS (993)"), ("starttls", "STARTTLS (143)")]
    )
    user = forms.CharField(label=_("Sign-in name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted. Left empty, it stays as it is."),
    )
    folder = forms.CharField(label=_("Mail folder"), max_length=120, initial="INBOX")


class FolderForm(SourceForm):
    """A watched folder."""

    directory = forms.CharField(
        label=_("Name of the folder"),
        max_length=40,
        help_text=_("It is made below the inbox of this installation."),
    )
    mapping = forms.CharField(
        label=_("Mapping"),
        max_length=60,
        required=False,
        help_text=_("Left empty, the mapping kept for the file's shape is used."),
    )


FORMS: dict[str, type[SourceForm]] = {
    ChannelKind.MAILBOX: MailboxForm,
    ChannelKind.FOLDER: FolderForm,
    ChannelKind.HOOK: SourceForm,
}


class SampleForm(forms.Form):
    """A call as the other system sends it, to see its members."""

    sample = forms.CharField(
        label=_("An example of what it sends (JSON)"),
        max_length=MOST_BYTES,
        help_text=_("It is not kept. Leave real names out."),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "data-personal": ""}),
    )


def given(source: Source) -> dict[str, Any]:
    """Return what a source says, as its form begins with."""
    return {"name": source.name, "area": source.area, **source.options}


def field_choices() -> list[tuple[str, Any]]:
    """Return the fields a member can be."""
    return [
        (IGNORE, _("not used")),
        *((name, one.label) for name, one in FIELDS.items()),
        (EXTRA, _("add to the description")),
    ]
