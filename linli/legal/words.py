"""How the pages, the API and the commands put the state of a law and of a citation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.legal.citations import Checked, Verdict
from linli.legal.library import Article, Force, Law

type Words = str | Promise

# Light and word of each state.
FORCE: Mapping[Force, tuple[str, Words]] = {
    Force.IN_FORCE: ("blue", _("in force")),
    Force.NOT_YET: ("yellow", _("not yet in force")),
    Force.EARLIER: ("yellow", _("earlier wording")),
    Force.REPEALED: ("red", pgettext_lazy("law", "repealed")),
}
VERDICTS: Mapping[Verdict, tuple[str, Words]] = {
    Verdict.VALID: ("blue", pgettext_lazy("citation", "valid")),
    Verdict.NOT_IN_FORCE: ("red", _("not in force on that day")),
    Verdict.WRONG: ("red", pgettext_lazy("citation", "wrong")),
    Verdict.NOT_IN_LIBRARY: ("yellow", _("not in the library")),
}


def law_url(law: Law) -> str:
    """Return the permanent address of a wording."""
    return reverse("legal:law", args=[law.key])


def article_url(article: Article) -> str:
    """Return the permanent address of an article."""
    return reverse("legal:article", args=[article.law.key, article.key])


def citation_of(article: Article) -> str:
    """Return how an article is cited: 《中华人民共和国民法典》第六百七十五条."""
    return f"《{article.law.title}》{article.label}"


@dataclass(frozen=True, slots=True)
class Row:
    """An article as lists and pages show it on a day."""

    article: Article
    url: str
    law_url: str
    light: str
    word: Words
    since: date
    until: date | None
    citation: str

    @property
    def heading(self) -> str:
        """Return the law and the number; an interpretation of one piece has no number."""
        return f"{self.article.law.short} {self.article.label}"


def row_of(article: Article, on: date) -> Row:
    """Return an article with its state and dates on a day."""
    light, word = FORCE[article.force(on)]
    law = article.law
    return Row(
        article,
        article_url(article),
        law_url(law),
        light,
        word,
        law.valid_from,
        article.valid_until,
        citation_of(article),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A checked citation as the page shows it."""

    checked: Checked
    light: str
    word: Words
    url: str


def judged(checked: Checked) -> Judged:
    """Return a checked citation with its word and its address."""
    light, word = VERDICTS[checked.verdict]
    if checked.verdict is Verdict.VALID and checked.note:
        light = "yellow"
    url = ""
    if checked.article:
        url = article_url(checked.article)
    elif checked.law:
        url = law_url(checked.law)
    return Judged(checked, light, word, url)


def article_row(article: Article, on: date) -> dict[str, Any]:
    """Return an article as the API and the commands give it."""
    return {
        "law": article.law.short,
        "title": article.law.title,
        "article": article.key,
        "label": article.label,
        "path": list(article.path),
        "text": article.text,
        "state": article.force(on).value,
        "since": article.law.valid_from,
        "until": article.valid_until,
        "citation": citation_of(article),
        "url": article_url(article),
    }


def citation_row(checked: Checked) -> dict[str, Any]:
    """Return a checked citation as the API and the commands give it."""
    cited = checked.citation
    return {
        "text": cited.text,
        "start": cited.start,
        "end": cited.end,
        "law": checked.law.short if checked.law else cited.title,
        "article": cited.key,
        "paragraph": cited.paragraph,
        "item": cited.item,
        "verdict": checked.verdict.value,
        "reason": checked.reason,
        "note": checked.note,
        "url": article_url(checked.article) if checked.article else "",
    }
