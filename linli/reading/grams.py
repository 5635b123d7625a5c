"""Texts as counted pieces of 1 to 4 characters, in whole arrays: no loop over characters.

A piece never reaches over punctuation or white space. It is known by a 44-bit number made from its
characters, so no table of strings is needed (and a stored model holds no text): two of a million
pieces share a number with a chance of 3 %, and then one weight is slightly off.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BITS = 44
_OWNER_BITS = 64 - _BITS
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_END = 0  # stands between characters that no piece may join
MOST_TEXTS = 1 << _OWNER_BITS

type Numbers = NDArray[np.uint64]
type Places = NDArray[np.int64]


class Pieces(NamedTuple):
    """Pieces in a row: their numbers, whose they are, where each begins, and of what size."""

    numbers: Numbers
    owners: Places
    begins: Places
    sizes: Places


class Counts(NamedTuple):
    """How often each piece stands in each text, ordered by number, then text."""

    numbers: Numbers
    owners: Places
    counts: Places


def _table_of_characters() -> NDArray[np.uint32]:
    points = np.arange(0x20000, dtype=np.uint32)
    # isalnum() holds for Chinese characters, letters and digits of every script.
    keeps = np.array([chr(point).isalnum() for point in range(0x20000)])
    return np.where(keeps, points, _END).astype(np.uint32)


_CHARACTERS = _table_of_characters()


def pieces(texts: Sequence[str], sizes: range, salt: int = 0) -> Pieces:
    """Return the pieces of all texts; ``begins`` counts in the texts joined by one character each.

    ``salt`` keeps the pieces of one part of a text (its head) apart from those of another.
    """
    raw = np.frombuffer("\x00".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths)[: len(raw)]
    # Characters beyond the table are rare Chinese ones; each counts as one, their own kind.
    points = np.where(raw < len(_CHARACTERS), _CHARACTERS[np.minimum(raw, 0x1FFFF)], raw)
    rolling = np.full(len(points), salt, dtype=np.uint64)
    fits = np.ones(len(points), dtype=bool)
    found = []
    for size in range(1, sizes.stop):
        last = max(0, len(points) - size + 1)
        here = points[size - 1 :]
        rolling = (rolling[:last] + here.astype(np.uint64)) * _PRIME
        rolling ^= rolling >> np.uint64(29)
        fits = fits[:last] & (here != _END)
        if size in sizes:
            begins = np.flatnonzero(fits)
            numbers = rolling[begins] >> np.uint64(_OWNER_BITS)
            found.append(Pieces(numbers, owner[begins], begins, np.full(len(begins), size)))
    return Pieces(*(np.concatenate(column) for column in zip(*found, strict=True)))


def count(numbers: Numbers, owners: Places) -> Counts:
    """Count equal pieces of one text."""
    keys = (numbers << np.uint64(_OWNER_BITS)) | owners.astype(np.uint64)
    keys.sort()
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, int)
    counts = np.diff(np.r_[begins, len(keys)])
    unique = keys[begins]
    owners = (unique & np.uint64(MOST_TEXTS - 1)).astype(np.int64)
    return Counts(unique >> np.uint64(_OWNER_BITS), owners, counts)
