"""Forms of the statute library."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.days import day_field
from linli.legal.models import Saying
from linli.legal.statute_file import LONGEST


class SearchForm(forms.Form):
    """What is searched for, and for which day."""

    words = forms.CharField(required=False, max_length=500)
    on = day_field(gettext_lazy("Law in force on"), required=False)
    all = forms.BooleanField(label=gettext_lazy("also what is not in force"), required=False)


class CheckForm(forms.Form):
    """A text whose citations are checked, and the day they are meant for."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Paste a document. Nothing of it is kept."),
    )
    on = day_field(
        gettext_lazy("The law of this day applies"),
        required=False,
        help_text=gettext_lazy("Mostly the day on which it happened."),
    )


class StatuteForm(forms.Form):
    """A Markdown file with a statute."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Markdown (.md), UTF-8, up to 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/markdown,text/plain"}),
    )

    def clean_file(self) -> str:
        """Return the file's text."""
        file: Any = self.cleaned_data["file"]
        if file.size > LONGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not UTF-8 text.")) from error


class SayingForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable at run time
    """A line of the vocabulary."""

    class Meta:
        model = Saying
        fields = ("say", "legal", "articles")
        help_texts = {
            "say": gettext_lazy("Ways people put it, separated by |. “…” stands for a few words."),
            "legal": gettext_lazy("Words the law uses for it, separated by blanks."),
            "articles": gettext_lazy("For example: 民法典 675 676;劳动法 50"),
        }
