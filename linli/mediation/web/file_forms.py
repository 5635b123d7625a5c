"""The forms of the file: a scan for it, its end in the archive, and a city's template."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.days import day_field
from linli.kernel.working_days import local_date
from linli.mediation.choices import PaperKind, Term
from linli.mediation.models import Mediation
from linli.mediation.queries.file import OF_THE_FILE, abouts, files_of
from linli.mediation.web.forms import StepForm, choose


class PaperForm(forms.Form):
    """A scan: one that the case has, or a new one."""

    kind = forms.ChoiceField(
        label=_("What kind of paper it is"),
        choices=[("", "—"), *((one.value, one.label) for one in PaperKind if one not in OF_THE_FILE)],
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title on the contents page"), required=False, max_length=120,
        help_text=_("Leave it empty for the usual one."),
    )  # fmt: skip
    attachment = forms.ChoiceField(label=_("A file of the case"), required=False)
    upload = forms.FileField(
        label=_("Or a new scan"), required=False,
        widget=forms.ClearableFileInput({"accept": ".jpg,.jpeg,.png,.webp,.pdf"}),
    )  # fmt: skip
    about = forms.ChoiceField(label=_("Belongs to"), required=False)
    dated = day_field(pgettext_lazy("paper", "Dated"))

    def __init__(
        self,
        data: QueryDict | None,
        files: "MultiValueDict[str, Any] | None" = None,
        *,
        mediation: Mediation,
        now: Any,
    ) -> None:
        super().__init__(data, files, initial={"dated": local_date(now)})
        there = [(str(one.id), one.name) for one in files_of(mediation)]
        choose(self, "attachment", [("", "—"), *there])
        rows = abouts(mediation)
        choose(self, "about", [("", "—"), *rows])
        if not there:
            del self.fields["attachment"]
        if not rows:
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """One of both is needed."""
        told = super().clean() or {}
        if not told.get("attachment") and not told.get("upload"):
            self.add_error("upload", _("Choose a file."))
        return told

    def about_key(self) -> UUID | None:
        """Return the session or agreement it belongs to."""
        about = self.cleaned_data.get("about")
        return UUID(about) if about else None


class ArchiveForm(StepForm):
    """How long the file is kept."""

    term = forms.ChoiceField(
        label=_("How long it is kept"), choices=Term, initial=Term.LONG, widget=forms.RadioSelect,
        help_text=_("The file is bound and sealed. Nothing in it can be changed any more."),
    )  # fmt: skip


class TemplateForm(forms.Form):
    """A city's own Word template."""

    document = forms.FileField(
        label=_("Word template (.docx)"), widget=forms.ClearableFileInput({"accept": ".docx"})
    )
