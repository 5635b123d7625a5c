"""How good answers were: macro-F1, accuracy, and precision, recall and F1 of each label."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypedDict


class OfLabel(TypedDict):
    """Figures of one label; ``support`` is how many texts truly have it."""

    precision: float
    recall: float
    f1: float
    support: int


class Quality(NamedTuple):
    """Figures of a whole test."""

    macro_f1: float
    accuracy: float
    labels: dict[str, OfLabel]


def judge(right: Sequence[str], answered: Sequence[str]) -> Quality:
    """Compare answers with what is right; the mean of F1 runs over every label either side names."""
    hits = Counter(one for one, other in zip(right, answered, strict=True) if one == other)
    truly, said = Counter(right), Counter(answered)
    labels = {name: _figures(hits[name], said[name], truly[name]) for name in sorted(truly | said)}
    macro = sum(one["f1"] for one in labels.values()) / max(1, len(labels))
    return Quality(macro, sum(hits.values()) / max(1, len(right)), labels)


def _figures(hits: int, said: int, truly: int) -> OfLabel:
    precision = hits / said if said else 0.0
    recall = hits / truly if truly else 0.0
    f1 = 2 * hits / (said + truly) if said + truly else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "support": truly}
