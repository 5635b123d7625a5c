"""What is compared of a text: its characters and pairs of characters, as numbers.

A text is cut into units. A Chinese character is one; a run of Latin letters and digits is one too,
so that ``A3区`` or ``13楼`` are matched whole and never by a single digit. Pairs do not reach over
punctuation. Units and pairs are hashed to 64 bits: the same in every process and release.
"""

import re
import unicodedata
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Grams = NDArray[np.uint64]

_UNIT = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]|[^\s]")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_TURN = np.uint64(0xC2B2AE3D27D4EB4F)
_BREAK = 0


def units(text: str) -> list[str]:
    """Return the units of ``text``: full and half width alike, lower case, with its punctuation."""
    return _UNIT.findall(unicodedata.normalize("NFKC", text).lower())


def _code(unit: str) -> int:
    if len(unit) == 1:
        return ord(unit) if unit.isalnum() else _BREAK
    return int.from_bytes(blake2b(unit.encode(), digest_size=8).digest(), "little") | 1 << 63


def grams(text: str) -> Grams:
    """Return the units and pairs of ``text``, each as often as it occurs."""
    codes = np.array([_code(unit) for unit in units(text)], np.uint64)
    here, after = codes[:-1], codes[1:]
    pairs = (here * _MIX) ^ ((after + np.uint64(1)) * _TURN)
    return np.concatenate([codes[codes != _BREAK], pairs[(here != _BREAK) & (after != _BREAK)]])
