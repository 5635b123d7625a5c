"""How alike a text is to many others, each given as a column of numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linli.alike.grams import Rarities, Short, Weights

# Where one text is a few words and the other a page, most of the shorter one is what counts.
_SHORTER = 0.7
# Weighed are those that have most in common, counted without weights; the others are 0.
_WEIGHED = 250


def likeness(asked: Short, others: Sequence[Short], known: Rarities) -> Weights:
    """Return, for each of ``others``, how much of what it says is also asked: 0 to 1."""
    found: Weights = np.zeros(len(others))
    if not others or not len(asked):
        return found
    sizes = np.array([len(one) for one in others])
    owner = np.repeat(np.arange(len(others)), sizes)
    common = np.bincount(owner[_among(np.concatenate(others), asked)], minlength=len(others))
    share = common / np.maximum(np.minimum(sizes, len(asked)), 1)
    best = np.argsort(-share, kind="stable")[:_WEIGHED]
    found[best] = _weighed(asked, [others[n] for n in best], known)
    return found


def _among(numbers: Short, asked: Short) -> NDArray[np.bool_]:
    """Return which of ``numbers`` are asked."""
    at = np.searchsorted(asked, numbers)
    at[at == len(asked)] = 0
    among: NDArray[np.bool_] = asked[at] == numbers
    return among


def _weighed(asked: Short, others: Sequence[Short], known: Rarities) -> Weights:
    numbers = np.concatenate(others)
    owner = np.repeat(np.arange(len(others)), [len(one) for one in others])
    words, inverse = np.unique(numbers, return_inverse=True)
    worth = known.weights(words)
    shared = np.bincount(
        owner, np.where(_among(words, asked), worth, 0.0)[inverse], minlength=len(others)
    )
    whole = np.bincount(owner, worth[inverse], minlength=len(others))
    own = known.weights(asked).sum()
    scale = _SHORTER * np.minimum(whole, own) + (1 - _SHORTER) * np.maximum(whole, own)
    found: Weights = shared / np.maximum(scale, 1e-9)
    return found
