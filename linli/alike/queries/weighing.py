"""How alike a text is to many others, each given as a column of numbers."""

from collections.abc import Sequence

import numpy as np

from linli.alike.grams import Rarities, Short, Weights

# Where one text is a few words and the other a page, most of the shorter one is what counts.
_SHORTER = 0.7


def likeness(asked: Short, others: Sequence[Short], known: Rarities) -> Weights:
    """Return, for each of ``others``, how much of what it says is also asked: 0 to 1."""
    if not others or not len(asked):
        return np.zeros(len(others))
    sizes = [len(one) for one in others]
    numbers = np.concatenate(others)
    owner = np.repeat(np.arange(len(others)), sizes)
    words, inverse = np.unique(numbers, return_inverse=True)
    worth = known.weights(words)
    at = np.searchsorted(asked, words)
    at[at == len(asked)] = 0
    common = np.where(asked[at] == words, worth, 0.0)
    shared = np.bincount(owner, common[inverse], minlength=len(others))
    whole = np.bincount(owner, worth[inverse], minlength=len(others))
    own = known.weights(asked).sum()
    scale = _SHORTER * np.minimum(whole, own) + (1 - _SHORTER) * np.maximum(whole, own)
    found: Weights = shared / np.maximum(scale, 1e-9)
    return found
