"""What every form of a case page shares: the case, the actor, the version that was seen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.cases import lifecycle
from linli.cases.models import Case
from linli.kernel.errors import Invalid

type Words = str | Promise

# What the free text of a verb is called, and a word of advice.
NOTES: Mapping[str, tuple[Words, Words]] = {
    "resolve": (_("Outcome"), _("What was agreed or done. It goes into the file and the figures.")),
    "progress": (_("What was done"), _("One or two sentences: with whom, what came of it.")),
    "return": (_("Why it goes back"), _("After three returns the director designates.")),
    "escalate": (_("Why it can't be resolved here"), ""),
    "suspend": (_("Why it stands still"), _("All deadlines stand still until it is resumed.")),
    "refer": (_("Reason"), ""),
    "decline": (_("Reason"), _("The resident gets this in writing.")),
    "withdraw": (_("Why the resident takes it back"), ""),
    "reopen": (_("Why it is taken up again"), ""),
    "extend": (_("Why more time is needed"), ""),
    "deny": (_("Why not"), ""),
    "designate": (_("Why this unit"), _("A designated case can't be returned.")),
    "supervise": (_("What is expected"), ""),
}


class VerbForm(forms.Form):
    """One verb's form. Its fields, but for ``version``, are the action's arguments."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, verb: str, case: Case, actor: Actor, now: datetime
    ) -> None:
        super().__init__(data, initial={"version": case.version}, auto_id="act_%s")
        self.verb, self.case, self.actor, self.now = verb, case, actor, now
        self.prepare()
        first = next((field for field in self if not field.is_hidden), None)
        if first is not None:
            first.field.widget.attrs["autofocus"] = True

    def prepare(self) -> None:
        """Fill in what depends on the case."""

    def arguments(self) -> dict[str, Any]:
        """Return the action's own arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def refuse(self, refusal: Invalid) -> None:
        """Put the action's sentences beside the fields they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not refusal.fields:
            self.add_error(None, str(refusal.reason))

    @property
    def is_destructive(self) -> bool:
        """Say whether the move is asked about before it is made."""
        return lifecycle.MOVES[self.verb].destructive


class NoteForm(VerbForm):
    """A verb that takes words, needed or not."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def prepare(self) -> None:
        """Call the text by what it is for this verb."""
        note = self.fields["note"]
        note.required = lifecycle.MOVES[self.verb].needs_note
        if self.verb in NOTES:
            note.label, note.help_text = map(str, NOTES[self.verb])
        # The text stands last, whatever a subclass asks besides.
        self.order_fields([name for name in self.fields if name != "note"])
