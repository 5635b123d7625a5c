"""Finding the words of a list in a text: the longest at each place, none twice over."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Hit[T](NamedTuple):
    """A word found, where it begins and ends, and what the list says of it."""

    begin: int
    end: int
    word: str
    meanings: tuple[T, ...]


class Lexicon[T]:
    """Words with their meanings; a look-up costs the length of the text, not of the list."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        meanings: defaultdict[str, list[T]] = defaultdict(list)
        for word, meaning in words:
            if word:
                meanings[word].append(meaning)
        self._by_start: defaultdict[str, list[tuple[str, tuple[T, ...]]]] = defaultdict(list)
        for word in sorted(meanings, key=len, reverse=True):
            self._by_start[word[0]].append((word, tuple(meanings[word])))

    def find(self, text: str) -> list[Hit[T]]:
        """Return what stands in ``text`` (folded like the list), from the front."""
        found = []
        place = 0
        while place < len(text):
            for word, meanings in self._by_start.get(text[place], ()):
                if text.startswith(word, place):
                    found.append(Hit(place, place + len(word), word, meanings))
                    place += len(word)
                    break
            else:
                place += 1
        return found
