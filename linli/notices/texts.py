"""A text with ``{field}`` in it: which fields it may use, and what it says with the words put in."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.notices.words import FIELD_WORDS

_FIELD = re.compile(r"\{([^{}]*)\}")
SUBJECT_LENGTH = 200


def check(text: str, allowed: Iterable[str], where: str) -> str:
    """Return the text without outer blanks; raises :class:`Invalid` for a field it may not use.

    ``where`` names the form's field the sentence goes beside.
    """
    names = _FIELD.findall(text)
    if re.search(r"[{}]", _FIELD.sub("", text)):
        raise Invalid(_("A brace is not closed."), {where: _("Write fields as {number}.")})
    for name in names:
        if name not in allowed:
            told = ", ".join(f"{{{one}}}" for one in allowed)
            sentence = _("{%(name)s} can't be used here. Allowed: %(told)s")
            reason = sentence % {"name": name, "told": told}
            raise Invalid(reason, {where: reason})
    return text.strip()


def filled(text: str, words: Mapping[str, Any], language: str) -> str:
    """Return the text with its fields filled in; a word that was not given leaves nothing behind."""
    with translation.override(language):
        return _FIELD.sub(lambda found: said(words.get(found[1], "")), text).strip()


def said(word: Any) -> str:
    """Return a word as people read it: moments in the city's time, translated texts translated."""
    if isinstance(word, datetime):
        return timezone.localtime(word).strftime("%Y-%m-%d %H:%M")
    return "" if word is None else str(word)


def sample(fields: Iterable[str], language: str) -> dict[str, str]:
    """Return made-up words for a preview."""
    with translation.override(language):
        return {name: str(_SAMPLES.get(name) or FIELD_WORDS[name]) for name in fields}


_SAMPLES = {
    "number": "620302003-2026-000123",
    "due": "2026-03-12 18:00",
    "link": "https://linli.example/cases/…/",
    "days": "5",
    "count": "3",
    "phone": "0935-8200000",
    "lines": "620302003-2026-000123\n620302003-2026-000124\n620302003-2026-000125",
}
