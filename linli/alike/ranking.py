"""Which texts of a collection are about the matter of another text.

BM25 over characters and pairs of characters, with the rarity of a pair raised to a power: what
decides is a name, a number, an unusual word, and not the phrases that every letter has. A text that
is a good answer to everything is held back by what it scores for a sample of other messages
(:meth:`Collection.calibrate`); one message alone can then still be answered.
Chosen by comparison, see ADR 0018 and ``bench/similar.py``.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linli.alike.words import Grams, grams

Scores = NDArray[np.float64]

# How soon repetition stops counting, how much length counts, the power of rarity.
SATURATION = 0.7
LENGTH = 0.75
RARITY = 1.5
# Holding back: over how many of the sample's nearest messages, without the nearest one of all (it
# may be the one that the text answers), and how strongly.
NEAREST = 40
HOLD = 0.8
_SCALE = 10


class Collection:
    """Texts, made ready to be asked. Positions are those of ``texts``."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [np.unique(grams(text), return_counts=True) for text in texts]
        lengths = np.array([counts.sum() for _, counts in counted], np.float64)
        self.size = len(texts)
        self.held_back = np.zeros(self.size)
        words = np.concatenate([found for found, _ in counted] or [np.empty(0, np.uint64)])
        times = np.concatenate([counts for _, counts in counted] or [np.empty(0, np.int64)])
        where = np.repeat(np.arange(self.size), [len(found) for found, _ in counted])
        order = np.argsort(words, kind="stable")
        self._words, starts = np.unique(words[order], return_index=True)
        self._starts = np.append(starts, len(words))
        self._where = where[order]
        usual = lengths.mean() if self.size and lengths.any() else 1.0
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths / usual)
        self._weight = (times * (SATURATION + 1) / (times + norm[where]))[order]
        self._rarity = np.log((self.size + 1) / (np.diff(self._starts) + 0.5)).clip(0) ** RARITY

    def scores(self, message: str) -> Scores:
        """Return how alike each text is to ``message``: about 1 for the ten nearest, 0 for none."""
        raw = self._raw(grams(message))
        near = np.partition(raw, -_SCALE)[-_SCALE:] if self.size > _SCALE else raw
        usual = near.mean() if self.size else 0.0
        return raw / usual - self.held_back if usual > 0 else raw

    def nearest(self, message: str, most: int) -> list[tuple[int, float]]:
        """Return (position, score) of the ``most`` texts most alike, best first."""
        scores = self.scores(message)
        order = np.argsort(-scores, kind="stable")[:most]
        return [(int(one), float(scores[one])) for one in order]

    def calibrate(self, messages: Sequence[str]) -> None:
        """Learn from a sample of other messages which texts are near to everything."""
        self.held_back = np.zeros(self.size)
        if self.size == 0 or len(messages) < 2 * NEAREST:
            return
        sample = np.stack([self.scores(message) for message in messages])
        top = np.partition(sample, -(NEAREST + 1), axis=0)[-(NEAREST + 1) :]
        near = (top.sum(axis=0) - top.max(axis=0)) / NEAREST
        self.held_back = HOLD * (near - near.mean())

    def _raw(self, asked: Grams) -> Scores:
        words, times = np.unique(asked, return_counts=True)
        at = np.searchsorted(self._words, words)
        at[at == len(self._words)] = 0
        known = self._words[at] == words if len(self._words) else np.zeros(len(words), bool)
        at, times = at[known], times[known]
        starts, spans = self._starts[at], self._starts[at + 1] - self._starts[at]
        if not len(at):
            return np.zeros(self.size)
        ends = np.cumsum(spans)
        rows = np.arange(ends[-1]) + np.repeat(starts - ends + spans, spans)
        worth = np.repeat(np.sqrt(times) * self._rarity[at], spans)
        return np.bincount(self._where[rows], self._weight[rows] * worth, minlength=self.size)
