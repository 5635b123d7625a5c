"""Names as they are shown: Chinese where there is a Chinese one, and free of what only does harm."""

import re
import unicodedata
from collections.abc import Mapping

LONGEST = 120
NAME_KEYS = ("name:zh-Hans", "name:zh_CN", "name:zh", "name", "name:en")
# Control characters, and those that turn the direction of writing or are not seen at all.
_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def clean(text: str) -> str:
    """Return ``text`` on one line, without invisible characters, at most :data:`LONGEST` long."""
    return " ".join(_HARMFUL.sub(" ", text).split())[:LONGEST]


def name_of(tags: Mapping[str, str]) -> str:
    """Return the name to show, Chinese first; empty when the thing has none."""
    for key in NAME_KEYS:
        if (value := tags.get(key)) and (name := clean(value)):
            return name
    return ""


def address_of(tags: Mapping[str, str]) -> str:
    """Return street and number as one writes them; empty when one of them is missing."""
    street = clean(tags.get("addr:street") or tags.get("addr:place") or "")
    number = clean(tags.get("addr:housenumber") or "")
    if not street or not number:
        return ""
    if _CHINESE.search(street):
        return clean(f"{street}{number if number.endswith('号') else f'{number}号'}")
    return clean(f"{street} {number}")


def folded(text: str) -> str:
    """Return ``text`` as names are compared: one width, small letters, no spaces or signs."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in flat if sign.isalnum())


def pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of the folded ``text``, each once, sorted."""
    flat = folded(text)
    return sorted({flat[at : at + 2] for at in range(len(flat) - 1)} or ({flat} if flat else set()))
