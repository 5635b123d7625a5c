"""Texts of cases as short lists of numbers, and how rare each number is in this city."""

import threading
import time

import numpy as np
from numpy.typing import NDArray

from linli.alike.models import Rarity
from linli.alike.words import grams

Short = NDArray[np.uint32]
Weights = NDArray[np.float64]

_KEPT_SECONDS = 60.0
_KIND = np.dtype("<u4")
_MIX = np.uint64(0x9E3779B97F4A7C15)


def short(*texts: str) -> Short:
    """Return the characters and pairs of some texts: sorted 32-bit numbers, each once."""
    found = [grams(text) for text in texts if text]
    if not found:
        return np.empty(0, _KIND)
    return np.unique(((np.concatenate(found) * _MIX) >> np.uint64(32)).astype(_KIND))


def packed(numbers: Short) -> bytes:
    """Return what a column keeps."""
    return numbers.astype(_KIND).tobytes()


def unpacked(column: bytes | memoryview) -> Short:
    """Return the numbers of a column."""
    return np.frombuffer(column, _KIND)


def as_keys(numbers: Short) -> list[int]:
    """Return numbers as the database's 32-bit integers, which have a sign."""
    signed: list[int] = numbers.view("<i4").tolist()
    return signed


class Rarities:
    """How much each character or pair says: the rarer in the city's cases, the more."""

    def __init__(self, row: Rarity | None) -> None:
        self.texts = row.texts if row else 0
        self._grams = unpacked(row.grams) if row else np.empty(0, _KIND)
        self._counts = unpacked(row.counts) if row else np.empty(0, _KIND)

    def counts(self, numbers: Short) -> NDArray[np.int64]:
        """Return in how many texts each of ``numbers`` was found."""
        if not len(self._grams):
            return np.zeros(len(numbers), np.int64)
        at = np.searchsorted(self._grams, numbers)
        at[at == len(self._grams)] = 0
        return np.where(self._grams[at] == numbers, self._counts[at], 0).astype(np.int64)

    def weights(self, numbers: Short) -> Weights:
        """Return the weight of each of ``numbers``: 1 for all while nothing is known of the city."""
        if not self.texts:
            return np.ones(len(numbers))
        weights: Weights = np.log((self.texts + 1) / (self.counts(numbers) + 0.5)).clip(0.05) ** 1.5
        return weights

    def rarest(self, numbers: Short, most: int) -> Short:
        """Return the ``most`` rarest of ``numbers``, the rarest first."""
        return numbers[np.argsort(self.counts(numbers), kind="stable")[:most]]


_lock = threading.Lock()
_held: tuple[Rarities, float] | None = None


def rarities() -> Rarities:
    """Return the city's rarities; a process looks for new ones once a minute."""
    global _held  # noqa: PLW0603 - one for the process
    with _lock:
        if _held is None or time.monotonic() - _held[1] > _KEPT_SECONDS:
            _held = Rarities(Rarity.objects.first()), time.monotonic()
        return _held[0]


def forget_rarities() -> None:
    """Drop what this process has kept."""
    global _held  # noqa: PLW0603
    _held = None
