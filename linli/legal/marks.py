"""Small marks on citations in other rooms' texts: a link, and a warning where one does not hold."""

import re
from datetime import date, datetime

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from linli.kernel.working_days import local_date
from linli.legal.citations import check
from linli.legal.words import judged

# Most notes name no law: they are not read further.
_LIKELY = re.compile(r"第[\d零一二三四五六七八九十百千０-９]{1,9}[条、]|\d\s*条|《[^》]{2,60}》")


def marked(text: str, at: datetime | date) -> SafeString:
    """Return ``text`` escaped, its citations as links that say whether they held on that day."""
    if not _LIKELY.search(text):
        return conditional_escape(text)
    on = local_date(at) if isinstance(at, datetime) else at
    parts: list[str] = []
    place = 0
    for checked in check(text, on):
        citation = checked.citation
        if citation.start < place:
            continue
        shown = judged(checked)
        parts.append(conditional_escape(text[place : citation.start]))
        words = text[citation.start : citation.end]
        tip = f"{shown.word} · {checked.reason} {checked.note}".strip()
        tag = "a" if shown.url else "span"
        address = format_html(' href="{}"', shown.url) if shown.url else ""
        parts.append(
            format_html('<{} class="cite cite-{}"{} title="{}">{}</{}>',
                        tag, shown.light, address, tip, words, tag)
        )  # fmt: skip
        place = citation.end
    parts.append(conditional_escape(text[place:]))
    return format_html_join("", "{}", ((mark_safe(part),) for part in parts))  # noqa: S308
