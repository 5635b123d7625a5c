"""Kind and category from lists of words: what a city has on its first day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linli.reading.lexicon import Lexicon
from linli.reading.wording import HEAD_MOST, head

# What speaks against certainty when one word alone is found.
_DOUBT = 1.0


class Pointer(NamedTuple):
    """What a keyword points to: a category, or with an empty code a kind as a whole."""

    kind: str
    category: str
    weight: int


class Ranked(NamedTuple):
    """A value with its chance and the words that spoke for it."""

    value: str
    chance: float
    words: tuple[str, ...]


class Rules:
    """The keyword lists of a city. ``parents`` gives the category each lies under."""

    def __init__(
        self, words: Sequence[tuple[str, Pointer]], parents: Mapping[str, str | None]
    ) -> None:
        self._lexicon = Lexicon(words)
        self._parents = parents

    def categories(self, text: str) -> list[tuple[str, Ranked]]:
        """Return the kind and rank of each category with a word in ``text`` (folded), best first."""
        scores, words, kinds = self._scores(text)
        total = sum(sorted(scores.values(), reverse=True)[:3]) + _DOUBT
        order = sorted(scores, key=lambda code: (-scores[code], code))
        return [
            (kinds[code], Ranked(code, scores[code] / total, tuple(dict.fromkeys(words[code]))))
            for code in order
        ]

    def kinds(self, text: str) -> list[Ranked]:
        """Return the kinds that words alone speak for, best first."""
        scores: defaultdict[str, float] = defaultdict(float)
        words: defaultdict[str, list[str]] = defaultdict(list)
        for word, pointer, strength in self._pointers(text):
            scores[pointer.kind] += strength
            words[pointer.kind].append(word)
        total = sum(scores.values()) + _DOUBT
        order = sorted(scores, key=lambda kind: (-scores[kind], kind))
        return [
            Ranked(kind, scores[kind] / total, tuple(dict.fromkeys(words[kind]))) for kind in order
        ]

    def _pointers(self, text: str) -> list[tuple[str, Pointer, float]]:
        """Return words found; one in the head counts twice, a second time in the text not at all."""
        ahead = len(head(text)) if len(text) > HEAD_MOST or "\n" in text else len(text)
        found: dict[tuple[str, Pointer], float] = {}
        for hit in self._lexicon.find(text):
            for pointer in hit.meanings:
                strength = pointer.weight * (2.0 if hit.begin < ahead else 1.0)
                found.setdefault((hit.word, pointer), strength)
        return [(word, pointer, strength) for (word, pointer), strength in found.items()]

    def _scores(self, text: str) -> tuple[dict[str, float], dict[str, list[str]], dict[str, str]]:
        scores: defaultdict[str, float] = defaultdict(float)
        words: defaultdict[str, list[str]] = defaultdict(list)
        of_kind: defaultdict[str, float] = defaultdict(float)
        kinds: dict[str, str] = {}
        for word, pointer, strength in self._pointers(text):
            if pointer.category:
                scores[pointer.category] += strength
                words[pointer.category].append(word)
                kinds[pointer.category] = pointer.kind
            else:
                of_kind[pointer.kind] += strength
        own = dict(scores)
        for code in own:
            # A category under a type is at least as likely as the type itself.
            above = self._parents.get(code)
            scores[code] += own.get(above, 0.0) if above else 0.0
            scores[code] += of_kind[kinds[code]]
        return dict(scores), dict(words), kinds
