"""How well a message finds its answer: two files of (id, text), the same id being the answer."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from linli.alike.ranking import Collection, Scores
from linli.kernel.encodings import decode

Rows = list[tuple[str, str]]


class UnreadableError(Exception):
    """A file that is not a table of (id, text); says which and why."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of 1 over all messages; ``ms`` is the median time of one answer in milliseconds.

    ``r_at_1_alone`` is what a collection reaches that has not seen any other message.
    """

    r_at_1: float
    r_at_5: float
    mrr: float
    ms: float
    n: int
    corpus: int
    seconds: float
    r_at_1_alone: float
    mrr_alone: float

    def as_dict(self) -> dict[str, float | int]:
        """Return the figures by name."""
        return {name: round(figure, 4) for name, figure in asdict(self).items()}


def read(path: Path) -> Rows:
    """Return the rows of a CSV file in UTF-8 (with or without a mark), UTF-16 or GB18030.

    Raises :class:`UnreadableError` when it has no columns ``id`` and ``text``.
    """
    try:
        text = decode(path.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: {error}") from error
    csv.field_size_limit(2**31 - 1)
    rows = csv.reader(io.StringIO(text, newline=""))
    names = [name.strip().lower() for name in next(rows, [])]
    if "id" not in names or "text" not in names:
        raise UnreadableError(f"{path}: needs the columns id and text, has {', '.join(names)}")
    one, other = names.index("id"), names.index("text")
    full = [[*row, *[""] * (len(names) - len(row))] for row in rows if row]
    return [(row[one].strip(), row[other]) for row in full]


def evaluate(queries: Rows, corpus: Rows) -> Quality:
    """Ask the corpus with every message.

    The two halves of the messages are each asked of a corpus calibrated on the other half, so that
    no message has a part in its own answer; the ids play no part in any score.
    """
    began = perf_counter()
    collection = Collection([text for _, text in corpus])
    places: dict[str, list[int]] = {}
    for position, (name, _) in enumerate(corpus):
        places.setdefault(name, []).append(position)
    answers = [places.get(name, []) for name, _ in queries]
    messages = [text for _, text in queries]
    alone = [_rank(collection.scores(m), a) for m, a in zip(messages, answers, strict=True)]
    ranks = list(alone)
    times = []
    for fold in (0, 1):
        collection.calibrate(messages[1 - fold :: 2])
        for n in range(fold, len(messages), 2):
            start = perf_counter()
            scores = collection.scores(messages[n])
            times.append(perf_counter() - start)
            ranks[n] = _rank(scores, answers[n])
    return Quality(
        r_at_1=_share(ranks, 1),
        r_at_5=_share(ranks, 5),
        mrr=_mrr(ranks),
        ms=median(times) * 1000 if times else 0.0,
        n=len(queries),
        corpus=len(corpus),
        seconds=perf_counter() - began,
        r_at_1_alone=_share(alone, 1),
        mrr_alone=_mrr(alone),
    )


def _rank(scores: Scores, answers: list[int]) -> int:
    """Return the place of the best answer in the list, equal ones in the corpus's order; 0: none."""
    if not answers or not scores.any():
        return 0
    best = max(answers, key=lambda position: scores[position])
    above = int((scores > scores[best]).sum()) + int((scores[:best] == scores[best]).sum())
    return above + 1


def _share(ranks: Sequence[int], within: int) -> float:
    return sum(0 < rank <= within for rank in ranks) / len(ranks) if ranks else 0.0


def _mrr(ranks: Sequence[int]) -> float:
    return float(np.mean([1 / rank if rank else 0.0 for rank in ranks])) if ranks else 0.0
