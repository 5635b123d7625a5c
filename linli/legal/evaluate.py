"""How well the search finds what answers a question, on a list of questions with their articles."""

import csv
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from linli.legal.library import Article, Library
from linli.legal.numerals import key_of, number_of
from linli.legal.search import Found

_NUMBER = re.compile(r"第?([\d零一二三四五六七八九十百千]+)条?(?:之([一二三四五六七八九\d]))?")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the articles any of which answers it: pairs of a law's key and an article's."""

    words: str
    answers: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of questions answered first, and among the first five; the mean reciprocal rank.

    ``ms`` is the median time of a search, ``p95_ms`` what 95 of 100 stay below. ``missed`` are the
    questions whose answer is not among the first five.
    """

    questions: int
    r_at_1: float
    r_at_5: float
    mrr: float
    ms: float
    p95_ms: float
    missed: list[str]


def read_questions(path: Path, books: Library, on: date) -> list[Question]:
    """Read columns question, law, article; several articles by ``;``, another law as ``law:article``.

    A question that stands in several rows is answered by any of them. Raises :class:`ValueError`
    for a missing column or an article that the library lacks.
    """
    answers: dict[str, set[tuple[str, str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if missing := {"question", "law", "article"} - set(rows.fieldnames or ()):
            raise ValueError(f"{path}: no column {', '.join(sorted(missing))}")
        for number, row in enumerate(rows, 2):
            found = answers.setdefault(row["question"].strip(), set())
            for answer in _answers(row["law"], row["article"], books, on):
                if isinstance(answer, str):
                    raise ValueError(f"{path}, line {number}: {answer}")
                found.add((answer.law.key, answer.key))
    return [Question(words, frozenset(found)) for words, found in answers.items()]


def _answers(law: str, articles: str, books: Library, on: date) -> Iterable[Article | str]:
    name = law
    for part in re.split(r"[;；、,，]", articles):
        before, colon, number = part.strip().rpartition(":")
        name = before.strip() if colon else name
        wording = books.wording(name, on)
        match = _NUMBER.fullmatch(number.strip()) or re.fullmatch(r"(\d+)-(\d+)", number.strip())
        key = ""
        if match:
            branch = number_of(match[2]) if match[2] else None
            key = key_of(number_of(match[1]) or 0, branch)
        article = books.article(wording, key) if wording else None
        yield article or f"the library holds no {name} {number.strip()}"


def evaluate(questions: list[Question], search: Callable[[str], Found]) -> Quality:
    """Ask every question and measure; ``search`` returns at least ten articles, the best first."""
    first = five = 0
    reciprocal = 0.0
    took, missed = [], []
    for question in questions:
        began = time.perf_counter()
        hits = search(question.words).hits
        took.append((time.perf_counter() - began) * 1000)
        keys = [(hit.article.law.key, hit.article.key) for hit in hits]
        rank = next((place for place, key in enumerate(keys, 1) if key in question.answers), None)
        first += rank == 1
        reciprocal += 1 / rank if rank else 0
        if rank and rank <= 5:
            five += 1
        else:
            missed.append(question.words)
    count = max(len(questions), 1)
    took.sort()
    return Quality(
        len(questions),
        round(first / count, 4),
        round(five / count, 4),
        round(reciprocal / count, 4),
        round(took[len(took) // 2], 2) if took else 0.0,
        round(took[min(len(took) - 1, int(len(took) * 0.95))], 2) if took else 0.0,
        missed,
    )
