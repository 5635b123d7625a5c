"""How urgent a text is, from words a city keeps; what is said not to be so does not count."""

import re

from linli.cases.choices import Urgency
from linli.reading.lexicon import Lexicon
from linli.reading.proposal import Part

_DENIED = re.compile(
    r"(?:没有|没|未|无|不是|并非|未见|未造成|防止|避免|预防|排除)[^，。,;!?\n]{0,3}$"
)
_FOUND, _NONE = 0.9, 0.7
_LOOKED_BEFORE = 8


def urgency_of(text: str, words: Lexicon[str]) -> Part:
    """Return the urgency of a folded text: danger before utility, normal where no word says else."""
    found: dict[str, list[str]] = {}
    for hit in words.find(text):
        if not _DENIED.search(text, max(0, hit.begin - _LOOKED_BEFORE), hit.begin):
            for urgency in hit.meanings:
                found.setdefault(urgency, []).append(hit.word)
    for urgency in (Urgency.DANGER, Urgency.UTILITY):
        if urgency in found:
            return Part(urgency, _FOUND, tuple(dict.fromkeys(found[urgency])))
    return Part(Urgency.NORMAL, _NONE)
