"""Citations of law in any text, checked for the day they are meant for.

:func:`check` says of each whether it holds on that day, did not, is wrong, or cannot be told.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from linli.legal.citing import Citation, find
from linli.legal.library import SNAPSHOT, Article, Force, Law, Library
from linli.legal.numerals import label_of
from linli.legal.queries import library


class Verdict(StrEnum):
    """What is to be said of a citation on its day."""

    VALID = "valid"
    NOT_IN_FORCE = "not_in_force"
    WRONG = "wrong"
    NOT_IN_LIBRARY = "not_in_library"


@dataclass(frozen=True, slots=True)
class Checked:
    """A citation and what is to be said of it. ``note`` warns of something, though it is valid."""

    citation: Citation
    verdict: Verdict
    reason: str
    law: Law | None = None
    article: Article | None = None
    note: str = ""


def check(text: str, on: date) -> list[Checked]:
    """Return every citation in ``text`` with its verdict on a day, in the order of the text."""
    books = library()
    return [judge(citation, on, books) for citation in find(text, books)]


def judge(citation: Citation, on: date, books: Library) -> Checked:
    """Return what is to be said of a citation on a day."""
    law = books.wording(citation.title, on)
    if law is None:
        return _unknown(citation, on, books)
    if (
        on < law.first
        or law.force(on) is Force.REPEALED
        or (law.force(on) is Force.NOT_YET and law.first == law.valid_from)
    ):
        return Checked(
            citation, Verdict.NOT_IN_FORCE, _when(law, on), law, books.article(law, citation.key)
        )
    if not citation.key:
        return Checked(
            citation, Verdict.VALID, _("In force on that day."), law, note=_warning(law, None, on)
        )
    article = books.article(law, citation.key)
    if article is None:
        reason = _("%(law)s has no %(article)s.") % {
            "law": law.short,
            "article": label_of(citation.key),
        }
        return Checked(citation, Verdict.WRONG, reason, law, note=_warning(law, None, on))
    if missing := _missing_part(citation, article):
        return Checked(citation, Verdict.WRONG, missing, law, article)
    return Checked(
        citation,
        Verdict.VALID,
        _("In force on that day."),
        law,
        article,
        _warning(law, article, on),
    )


def _unknown(citation: Citation, on: date, books: Library) -> Checked:
    repeal = books.repeals.get(citation.title) or books.repeals.get(
        f"中华人民共和国{citation.title}"
    )
    if repeal and on >= repeal.day:
        reason = _("Repealed on %(day)s by %(law)s, %(article)s.") % {
            "day": repeal.day.isoformat(),
            "law": repeal.by.removeprefix("中华人民共和国"),
            "article": label_of(repeal.article),
        }
        return Checked(citation, Verdict.NOT_IN_FORCE, reason)
    reason = _("The library does not hold it. Check the text itself; an administrator can add it.")
    return Checked(citation, Verdict.NOT_IN_LIBRARY, reason)


def _when(law: Law, on: date) -> str:
    if on < law.first or law.force(on) is Force.NOT_YET:
        day = law.valid_from.isoformat()
        if law.since and law.since <= on:
            return _(
                "This wording is in force only from %(day)s; on that day an earlier one applied,"
                " which the library does not hold."
            ) % {"day": day}
        return _("In force only from %(day)s.") % {"day": day}
    if law.valid_until:
        return _("No longer in force from %(day)s.") % {"day": law.valid_until.isoformat()}
    return _("Marked as repealed by %(day)s; the library does not know since when.") % {
        "day": SNAPSHOT.isoformat()
    }


def _warning(law: Law, article: Article | None, on: date) -> str:
    """Return what makes the wording on that day unsure."""
    if on < law.valid_from:
        return _(
            "The library holds the wording of %(day)s; on that day an earlier one applied."
        ) % {"day": law.valid_from.isoformat()}
    if article and article.until and on >= article.until:
        return _("The wording was changed on %(day)s: check the text.") % {
            "day": article.until.isoformat()
        }
    return ""


def _missing_part(citation: Citation, article: Article) -> str:
    paragraphs = article.paragraphs
    where = f"{article.law.short}{article.label}"
    if citation.paragraph and citation.paragraph > len(paragraphs):
        return _("%(article)s has only %(count)d paragraphs.") % {
            "article": where,
            "count": len(paragraphs),
        }
    if citation.item:
        chosen = (
            paragraphs[citation.paragraph - 1 : citation.paragraph]
            if citation.paragraph
            else paragraphs
        )
        if not any(citation.item < len(lines) for lines in chosen):
            return _("%(article)s has no item %(item)d.") % {
                "article": where,
                "item": citation.item,
            }
    return ""
