"""Weighted chance."""

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from random import Random


class Draw:
    """A weighted choice that is quick to make again and again."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.values = list(weights)
        self.sums = list(accumulate(weights.values()))

    def __call__(self, rng: Random) -> str:
        return self.values[bisect(self.sums, rng.random() * self.sums[-1])]
