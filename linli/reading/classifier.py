"""A classifier of short Chinese (or any) texts: trained in seconds, answers in well under 1 ms.

Three linear models over pieces of 1 to 4 characters vote (:mod:`linli.reading.members`); what they
say is scaled to chances on texts kept apart while training. Same texts, same model: every step has
a fixed seed. A model is arrays and labels, stored without pickle: loading one runs no code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from linli.reading.features import Floats, Vocabulary, all_pieces, learn
from linli.reading.members import Linear, members
from linli.reading.storing import pack, unpack
from linli.reading.wording import clean

# Texts that the scale of chances is found on: enough to know it, few enough to be quick.
_MOST_LOOKED_AT = 6000


@dataclass(frozen=True, slots=True)
class Guess:
    """One answer: the label, how likely it is right (0 to 1), and the runner-up."""

    label: str
    confidence: float
    second: str
    second_confidence: float


@dataclass(frozen=True, slots=True)
class Classifier:
    """A trained model; see :func:`train`."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    linear: Linear

    def chances(self, texts: Sequence[str]) -> Floats:
        """Return for each text a chance of each label, in the order of ``labels``."""
        scores = self.linear.scores(self.vocabulary.rows(texts))
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances: Floats = scores / scores.sum(axis=1, keepdims=True)
        return chances

    def predict(self, texts: Sequence[str]) -> list[Guess]:
        """Answer every text, an empty one too (with what is most frequent)."""
        if not len(texts):
            return []
        chances = self.chances(texts)
        order = np.argsort(-chances, axis=1, kind="stable")[:, :2]
        return [
            Guess(
                self.labels[places[0]],
                float(row[places[0]]),
                self.labels[places[-1]],
                float(row[places[-1]]) if len(places) > 1 else 0.0,
            )
            for row, places in zip(chances, order, strict=True)
        ]

    def reasons(self, text: str, label: str, most: int = 3) -> list[str]:
        """Return the words of ``text`` (as cleaned) that spoke most for ``label``."""
        cleaned = clean(text)
        if not cleaned or label not in self.labels or len(self.labels) < 2:
            return []
        marks = np.zeros(len(cleaned))
        weights = self.linear.weights
        weights = weights[:, self.labels.index(label)] - weights.mean(axis=1)
        for found in all_pieces([cleaned]):
            columns, known = self.vocabulary.columns(found.numbers)
            gains = weights[columns] * self.vocabulary.rarity[columns] / found.sizes[known]
            for offset in range(int(found.sizes.max(initial=0))):
                reach = found.sizes[known] > offset
                np.add.at(marks, found.begins[known][reach] + offset, gains[reach])
        return _stretches(cleaned, marks, most)

    def to_bytes(self) -> bytes:
        """Return the model for storage: arrays and labels; see :meth:`from_bytes`."""
        arrays: dict[str, NDArray[Any]] = {
            "numbers": self.vocabulary.numbers,
            "rarity": self.vocabulary.rarity.astype(np.float16),
            "weights": self.linear.weights.astype(np.float16),
            "offsets": self.linear.offsets,
        }
        return pack(self.labels, arrays)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what :meth:`to_bytes` wrote; raises :class:`ValueError` for anything else."""
        labels, arrays = unpack(stored)
        try:
            vocabulary = Vocabulary(arrays["numbers"], arrays["rarity"].astype(np.float32))
            linear = Linear(arrays["weights"].astype(np.float32), arrays["offsets"])
        except KeyError as error:
            raise ValueError("not a stored classifier") from error
        if linear.weights.shape != (len(vocabulary.numbers), len(labels)):
            raise ValueError("not a stored classifier")
        return cls(labels, vocabulary, linear)


def train(
    texts: Sequence[str], labels: Sequence[str], *, most: int | None = None, least: int = 2
) -> Classifier:
    """Train on ``texts`` with their ``labels``.

    Pieces that stand in fewer than ``least`` texts are not looked at; of the others the ``most``
    telling ones are kept (all by default).
    """
    names = sorted(set(labels))
    if not names:
        raise ValueError("nothing to learn from")
    places = {name: place for place, name in enumerate(names)}
    classes = np.array([places[label] for label in labels])
    vocabulary, rows = learn(texts, least)
    if len(names) == 1 or not rows.shape[1]:
        return _constant(names, classes)
    scales, warmth = _calibrate(rows, classes, len(names))
    linear = _sum(members(rows, classes, len(names)), scales * warmth)
    if most is not None and len(vocabulary.numbers) > most:
        vocabulary, linear = _pruned(vocabulary, linear, most)
    return Classifier(tuple(names), vocabulary, linear)


def _constant(names: list[str], classes: NDArray[np.int64]) -> Classifier:
    shares = np.bincount(classes, minlength=len(names)) / len(classes)
    nothing = Vocabulary(np.empty(0, np.uint64), np.empty(0, np.float32))
    offsets = np.log(shares).astype(np.float32)
    weights = np.empty((0, len(names)), np.float32)
    return Classifier(tuple(names), nothing, Linear(weights, offsets))


def _sum(parts: Sequence[Linear], scales: Floats) -> Linear:
    weights = sum(part.weights * scale for part, scale in zip(parts, scales, strict=True))
    offsets = sum(part.offsets * scale for part, scale in zip(parts, scales, strict=True))
    return Linear(np.asarray(weights, np.float32), np.asarray(offsets, np.float32))


def _calibrate(rows: object, classes: NDArray[np.int64], number: int) -> tuple[Floats, float]:
    """Train on some texts and look at others: how loud each member is, and how sure they are."""
    seen, apart = _halves(classes)
    if len(set(classes[seen])) < number or not len(apart):
        return np.ones(3, np.float32), 1.0
    parts = members(rows[seen], classes[seen], number)  # type: ignore[index]
    heard = [part.scores(rows[apart]) for part in parts]  # type: ignore[index]
    scales = np.array([1 / max(float(scores.std()), 1e-6) for scores in heard], np.float32)
    total = sum(scores * scale for scores, scale in zip(heard, scales, strict=True))
    return scales, _warmth(np.asarray(total), classes[apart])


def _halves(classes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of two samples without a common text, each with every class in its share."""
    drawn = np.random.default_rng(0).permutation(len(classes))
    # One text of every class comes first: a rare one must not be missing from what is learned.
    _, firsts = np.unique(classes[drawn], return_index=True)
    drawn = np.concatenate([drawn[firsts], np.delete(drawn, firsts)])[:_MOST_LOOKED_AT]
    by_class = drawn[np.argsort(classes[drawn], kind="stable")]
    begins = np.searchsorted(classes[by_class], classes[by_class])
    place = np.arange(len(by_class)) - begins
    return by_class[place % 2 == 0], by_class[place % 2 == 1]


def _warmth(scores: Floats, classes: NDArray[np.int64]) -> float:
    """Return the factor under which the scores of texts kept apart are the best chances."""
    tried = np.geomspace(0.05, 20, 60)

    def loss(factor: float) -> float:
        warm = scores * factor
        warm = warm - warm.max(axis=1, keepdims=True)
        right = warm[np.arange(len(classes)), classes]
        return float(np.mean(np.log(np.exp(warm).sum(axis=1)) - right))

    return float(min(tried, key=loss))


def _pruned(vocabulary: Vocabulary, linear: Linear, most: int) -> tuple[Vocabulary, Linear]:
    told = np.abs(linear.weights).max(axis=1) * vocabulary.rarity
    kept = np.sort(np.argpartition(-told, most)[:most])
    smaller = Vocabulary(vocabulary.numbers[kept], vocabulary.rarity[kept])
    return smaller, Linear(linear.weights[kept], linear.offsets)


def _stretches(text: str, marks: NDArray[np.float64], most: int) -> list[str]:
    """Return the stretches of ``text`` with the highest marks, 2 to 6 characters each."""
    speaks = marks > max(float(marks.max()) * 0.35, 1e-9)
    found: list[tuple[float, str]] = []
    begin = 0
    while begin < len(text):
        if not speaks[begin]:
            begin += 1
            continue
        end = begin
        while end < len(text) and speaks[end] and end - begin < 6:
            end += 1
        if end - begin >= 2:
            found.append((float(marks[begin:end].sum()), text[begin:end]))
        begin = end
    words = [word for _, word in sorted(found, key=lambda one: -one[0])]
    return list(dict.fromkeys(words))[:most]
