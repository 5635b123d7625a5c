"""Texts made alike before they are counted: width, case, entities, mark-up, white space, numbers."""

import html
import re
import unicodedata

_TAG = re.compile(r"<[/!?]?[a-zA-Z][^<>]{0,500}>")
_BREAKS = re.compile(r"[\t\x0b\x0c\r\n\u0085\u2028\u2029]+")
_SPACES = re.compile(r" {2,}")
_NUMBER = re.compile(r"\d+(?:[.:,]\d+)*")
_HEAD_END = re.compile(r"[\n。！？!?;；]")
HEAD_LEAST, HEAD_MOST = 6, 48


def clean(text: str) -> str:
    """Return ``text`` in one width and case, without mark-up; lines are kept, numbers become 0."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = unicodedata.normalize("NFKC", text).lower()
    text = _BREAKS.sub("\n", text)
    text = _SPACES.sub(" ", _NUMBER.sub("0", text))
    return text.strip()


def head(cleaned: str) -> str:
    """Return what a cleaned text begins with: its subject, its first sentence, or what is near it.

    People say first what it is about. The end looked for lies 6 to 48 characters in.
    """
    found = _HEAD_END.search(cleaned, HEAD_LEAST, HEAD_MOST)
    return cleaned[: found.start() if found else HEAD_MOST]
