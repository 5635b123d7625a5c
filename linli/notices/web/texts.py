"""The city's texts of notices: what they say, what they may say, how that looks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.errors import Invalid
from linli.notices.actions.edit_text import BODY_LENGTH, edit_text, reset_text
from linli.notices.lifecycle import CHANNELS, KINDS, LANGUAGES
from linli.notices.models import Text
from linli.notices.queries.setup import texts_of
from linli.notices.texts import SUBJECT_LENGTH, check, filled, sample
from linli.notices.web.request import attempt, keeper, tabs
from linli.notices.words import CHANNEL_WORDS, FIELD_WORDS, KIND_WORDS

_CHANNELS, _KINDS = dict(CHANNEL_WORDS), dict(KIND_WORDS)
_LANGUAGES = {"zh-hans": gettext_lazy("Chinese"), "en": gettext_lazy("English")}


class TextForm(forms.Form):
    """Subject and text in each language."""

    def __init__(self, data: QueryDict | None, *, rows: dict[str, Text]) -> None:
        super().__init__(data)
        for language, row in rows.items():
            name, word = language.replace("-", "_"), _LANGUAGES[language]
            self.fields[f"subject_{name}"] = forms.CharField(
                label=_("Subject (%(language)s)") % {"language": word},
                max_length=SUBJECT_LENGTH, initial=row.subject,
            )  # fmt: skip
            self.fields[f"body_{name}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": word},
                max_length=BODY_LENGTH, initial=row.body, required=False,
                widget=forms.Textarea({"rows": 6}),
            )  # fmt: skip

    def said(self) -> dict[str, tuple[str, str]]:
        """Return language → subject and text."""
        data = self.cleaned_data
        return {
            language: (data[f"subject_{name}"], data[f"body_{name}"])
            for language in LANGUAGES
            if f"subject_{(name := language.replace('-', '_'))}" in data
        }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show every notice and the channels it has texts for."""
    keeper(request)
    texts = texts_of(list(KINDS))
    language = LANGUAGES[0]
    rows = [
        (
            _KINDS[kind],
            next(
                (texts[kind, c, language][0] for c in CHANNELS if (kind, c, language) in texts), ""
            ),
            [
                (reverse("notices:text", args=[kind, channel]), _CHANNELS[channel])
                for channel in CHANNELS
                if (kind, channel, language) in texts
            ],
        )
        for kind in KINDS
    ]
    return render(request, "notices/texts.html", {"rows": rows, "page_tabs": tabs("texts")})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, kind: str, channel: str) -> HttpResponse:
    """Change one text in its languages; ``preview`` shows what it would say and saves nothing."""
    actor = keeper(request)
    rows = {one.language: one for one in Text.objects.filter(kind=kind, channel=channel)}
    if not rows:
        raise Http404
    form = TextForm(request.POST if request.method == "POST" else None, rows=rows)
    preview = "preview" in request.POST
    allowed = KINDS[kind].may_use(channel)

    def act() -> None:
        if preview:
            _check(form.said(), allowed)
        else:
            edit_text(kind, channel, form.said(), actor=actor, at=timezone.now())

    fine = form.is_bound and attempt(form, act)
    if fine and not preview:
        messages.success(request, _("The text is saved."))
        return redirect("notices:texts")
    said = form.said() if fine else {name: (row.subject, row.body) for name, row in rows.items()}
    context = {
        "form": form,
        "title": f"{_KINDS[kind]}: {_CHANNELS[channel]}",
        "trail": [(reverse("notices:texts"), _("Texts"))],
        "fields": [(f"{{{name}}}", FIELD_WORDS[name]) for name in allowed],
        "previews": _previews(said, allowed),
        "reset_url": reverse("notices:reset_text", args=[kind, channel]),
    }
    status = 200 if fine or not form.is_bound else 422
    return render(request, "notices/text.html", context, status=status)


@require_POST
def reset(request: HttpRequest, kind: str, channel: str) -> HttpResponse:
    """Go back to the first text."""
    reset_text(kind, channel, actor=keeper(request), at=timezone.now())
    messages.success(request, _("The first text is back."))
    return redirect("notices:text", kind, channel)


def _check(said: dict[str, tuple[str, str]], allowed: tuple[str, ...]) -> None:
    for language, parts in said.items():
        for part, text in zip(("subject", "body"), parts, strict=True):
            check(text, allowed, f"{part}_{language.replace('-', '_')}")


def _previews(said: dict[str, tuple[str, str]], allowed: tuple[str, ...]) -> list[tuple[Any, ...]]:
    found = []
    for language, (subject, body) in said.items():
        words = sample(allowed, language)
        try:
            check(subject + body, allowed, "body")
        except Invalid:
            continue
        found.append(
            (_LANGUAGES[language], filled(subject, words, language), filled(body, words, language))
        )
    return found
