"""Texts made alike before they are counted: width, case, entities, mark-up, white space, numbers."""

import html
import re
import unicodedata

_TAG = re.compile(r"<[/!?]?[a-zA-Z][^<>]{0,500}>")
_BREAKS = re.compile(r"[\t\x0b\x0c\r\n\u0085\u2028\u2029]+")
_SPACES = re.compile(r" {2,}")
_NUMBER = re.compile(r"\d+(?:[.:,]\d+)*")
# A space after a Chinese character is where somebody joined two fields.
_HEAD_END = re.compile(r"[。!?;]|(?<=[\u3007\u4e00-\u9fff)》”]) ")
HEAD_LEAST, HEAD_MOST = 6, 48
_SHORTEST_TITLE = 2


def fold(text: str) -> str:
    """Return ``text`` in one width and case, without mark-up; lines are kept."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = unicodedata.normalize("NFKC", text).lower()
    return _SPACES.sub(" ", _BREAKS.sub("\n", text)).strip()


def clean(text: str) -> str:
    """Return a folded text in which every number is 0: which one it is tells nothing."""
    return _NUMBER.sub("0", fold(text))


def head(cleaned: str) -> str:
    """Return what a cleaned text begins with: its title, its first sentence, or what is near it.

    People say first what it is about. A line ends it; a sentence does from 6 characters on; at
    most it is 48 characters long.
    """
    line = cleaned.find("\n", _SHORTEST_TITLE, HEAD_MOST)
    end = line if line >= 0 else HEAD_MOST
    found = _HEAD_END.search(cleaned, HEAD_LEAST, end)
    return cleaned[: found.start() if found else end]
