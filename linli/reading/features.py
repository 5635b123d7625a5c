"""From texts to rows of numbers: the pieces of the whole text, and once more those of its head.

The weight of a piece is (1 + log of its count) × (log of how rare it is, + 1), each row then made
of length 1 (sublinear TF-IDF). Pieces of one text only are left out: they can't tell anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linli.reading.grams import Counts, Numbers, Pieces, count, pieces
from linli.reading.wording import clean, head

SIZES = range(1, 5)
_HEAD = 7919  # keeps the head's pieces apart

type Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces a model knows, in order of their numbers, and how rare each is."""

    numbers: Numbers
    rarity: Floats

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return one row for each of ``texts``, as they came."""
        return self._weighed(_counts(texts), len(texts))

    def _weighed(self, counts: Counts, texts: int) -> sparse.csr_matrix:
        columns, known = self.columns(counts.numbers)
        weights = (1 + np.log(counts.counts[known])) * self.rarity[columns]
        owners = counts.owners[known]
        lengths = np.sqrt(np.bincount(owners, weights * weights, texts))
        values = (weights / lengths[owners]).astype(np.float32)
        shape = (texts, len(self.numbers))
        return sparse.csr_matrix((values, (owners, columns)), shape=shape)

    def columns(self, numbers: Numbers) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the columns of those of ``numbers`` that are known, and which these are."""
        if not len(self.numbers):
            return np.empty(0, np.int64), np.zeros(len(numbers), bool)
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        known = self.numbers[places] == numbers
        return places[known], known


def all_pieces(cleaned: Sequence[str]) -> tuple[Pieces, Pieces]:
    """Return the pieces of cleaned texts, and those of their heads."""
    return pieces(cleaned, SIZES), pieces([head(text) for text in cleaned], SIZES, _HEAD)


def _counts(texts: Sequence[str]) -> Counts:
    whole, heads = all_pieces([clean(text) for text in texts])
    return count(
        np.concatenate([whole.numbers, heads.numbers]),
        np.concatenate([whole.owners, heads.owners]),
    )


def learn(texts: Sequence[str], least: int = 2) -> tuple[Vocabulary, sparse.csr_matrix]:
    """Return the vocabulary of ``texts`` and their rows; a piece stands in ``least`` texts."""
    counts = _counts(texts)
    begins = np.flatnonzero(np.diff(counts.numbers, prepend=np.uint64(0)) > 0)
    if len(counts.numbers) and counts.numbers[0] == 0:
        begins = np.r_[0, begins]
    spread = np.diff(np.r_[begins, len(counts.numbers)])
    kept = spread >= least
    rarity = np.log((1 + len(texts)) / (1 + spread[kept])) + 1
    vocabulary = Vocabulary(counts.numbers[begins][kept], rarity.astype(np.float32))
    return vocabulary, vocabulary._weighed(counts, len(texts))
