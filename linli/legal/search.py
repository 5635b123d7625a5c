"""Search in the statute library: by number, by words, and by everyday speech.

Three things give an article its place: how well its words fit (:mod:`linli.legal.index`), whether
it decides what was said in everyday words (:mod:`linli.legal.speech`), and how often people need
its law.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from linli.legal.index import Index, pairs
from linli.legal.library import Article, Force, Law, Library
from linli.legal.numerals import NUMBER, key_of, number_of
from linli.legal.speech import Ear, Phrase, sentences, without_chatter

type Floats = NDArray[np.float32]

# Laws that a centre opens every day; amending acts and interpretations are rarely what is meant.
EVERYDAY = 1.2
RARE = 0.6
# Where a local rule says it in the same words, it is what the city goes by.
LOCAL = 1.8
_EVERYDAY = frozenset(
    {
        "民法典",
        "劳动合同法",
        "劳动法",
        "劳动争议调解仲裁法",
        "社会保险法",
        "消费者权益保护法",
        "道路交通安全法",
        "治安管理处罚法",
        "人民调解法",
        "反家庭暴力法",
        "未成年人保护法",
        "老年人权益保障法",
        "妇女权益保障法",
        "土地管理法",
        "村民委员会组织法",
        "法律援助法",
        "食品安全法",
    }
)
_RARE_KINDS = frozenset({"修正案", "修改决定", "立法解释"})
# Below this no words fit well; a weak best match must not look like a good one.
_SCORE_FLOOR = 14.0
# Of two articles that decide the same thing, the one named first counts more.
_RANK_STEP = 0.06
# A line half heard is as good as said.
_LIKENESS = 1.7
_REFERENCE = re.compile(
    rf"(?P<law>.*?)[\s》]*第?\s*(?P<number>{NUMBER})\s*条?\s*(?:之\s*(?P<branch>[一二三四五六七八九\d]))?"
    r"\s*(?:第?[一二三四五六七八九十\d]+[款项]?)?"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, with its score (more is better, comparable within one search)."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: laws by name, articles by fit, and the legal words it understood."""

    hits: list[Hit] = field(default_factory=list)
    laws: list[Law] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hint:
    """What a category says about a case: words of the law, and laws that usually bear on it."""

    terms: tuple[str, ...] = ()
    laws: frozenset[str] = frozenset()


class Shelf:
    """A library with its indexes and vocabulary: everything a search needs."""

    def __init__(
        self, library: Library, indexes: Sequence[Index], phrases: Sequence[Phrase]
    ) -> None:
        """``indexes`` cover the library's articles one after the other."""
        self.library = library
        self.indexes = indexes
        self.phrases = phrases

    @cached_property
    def _priors(self) -> Floats:
        factor = {law.key: _prior(law) for law in self.library.laws}
        return np.array([factor[a.law.key] for a in self.library.articles], dtype=np.float32)

    @cached_property
    def _own(self) -> int:
        """Return how many articles are the city's own; they stand last."""
        return sum(article.law.is_city for article in self.library.articles)

    @cached_property
    def _spans(self) -> NDArray[np.int32]:
        far = date.max.toordinal()
        rows = []
        for article in self.library.articles:
            law, end = article.law, article.valid_until
            if end is None and law.force(date.max) is not Force.IN_FORCE:
                end = law.valid_from  # repealed on a day nobody knows: never in force by default
            rows.append((law.valid_from.toordinal(), end.toordinal() if end else far))
        return np.array(rows, dtype=np.int32).reshape(-1, 2)

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        articles = enumerate(self.library.articles)
        return {(article.law.key, article.key): place for place, article in articles}

    def in_force(self, on: date) -> NDArray[np.bool_]:
        """Return for each article whether it is in force on a day."""
        day = on.toordinal()
        mask: NDArray[np.bool_] = (self._spans[:, 0] <= day) & (day < self._spans[:, 1])
        return mask

    def search(
        self, words: str, *, on: date, limit: int = 20, any_time: bool = False, hint: Hint = Hint()
    ) -> Found:
        """Return what fits ``words`` among what is in force ``on`` a day (``any_time``: all)."""
        words = words.strip()[:2000]
        if not words:
            return Found()
        if numbered := self._numbered(words, on, limit):
            return numbered
        law, rest = self._named(words, on)
        if law and not rest:
            return Found(laws=[law], hits=[Hit(a, 1.0) for a in law.articles[:limit]])
        scores, terms = self._scores(rest, on, hint)
        if not any_time:
            scores *= self.in_force(on)
        if law:
            scores *= np.array([a.law is law for a in self.library.articles])
        best = np.argsort(-scores, kind="stable")[:limit]
        articles = self.library.articles
        hits = [Hit(articles[i], round(float(scores[i]), 3)) for i in best if scores[i] > 0]
        return Found(hits, self._laws_like(words, on), terms)

    def _numbered(self, words: str, on: date, limit: int) -> Found | None:
        """Return the article when ``words`` is a reference: 民法典675条, 第六百七十五条, 675."""
        match = _REFERENCE.fullmatch(words)
        number = number_of(match["number"]) if match else None
        if match is None or not number:
            return None
        key = key_of(number, number_of(match["branch"]) if match["branch"] else None)
        name = match["law"].strip().strip("《》，, ")
        if name:
            law = self.library.wording(name, on)
            article = self.library.article(law, key) if law else None
            return Found([Hit(article, 1.0)], [article.law]) if article else None
        bearing = [a for a in self.library.articles if a.key == key and a.force(on) == "in_force"]
        bearing.sort(key=lambda a: (-_prior(a.law), _use(a.law)))
        return Found([Hit(article, _prior(article.law)) for article in bearing[:limit]])

    def _named(self, words: str, on: date) -> tuple[Law | None, str]:
        """Split a law's name off the front of ``words``: 民法典 借款, 《劳动法》加班."""
        plain = words.replace("《", "").replace("》", " ")
        for length in range(min(len(plain), 40), 1, -1):
            law = self.library.wording(plain[:length], on)
            if law is None or plain[:length] != plain[:length].strip():
                continue
            rest = plain[length:].strip(" ，,。的")
            # 调解法… may go on without a blank; a name alone is the law itself.
            return law, rest
        return None, words

    def _laws_like(self, words: str, on: date) -> list[Law]:
        if len(words) > 12:
            return []
        laws = [
            law for law in self.library.laws if words in law.title and law.force(on) == "in_force"
        ]
        return sorted(laws, key=lambda law: (-_prior(law), len(law.title)))[:5]

    def _scores(self, words: str, on: date, hint: Hint) -> tuple[Floats, list[str]]:
        parts = sentences(words)
        heard = self._heard(parts)
        surest = max((strength for _, strength in heard), default=0.0)
        query: dict[str, float] = {}
        for pair in pairs(without_chatter(words)):
            query[pair] = max(query.get(pair, 0), 1 - 0.6 * surest)
        weights: dict[str, float] = dict.fromkeys(hint.terms, 0.3)
        for phrase, strength in heard:
            for term in phrase.terms:
                weights[term] = max(weights.get(term, 0), strength**2)
        for term, weight in weights.items():
            for pair in pairs(term):
                query[pair] = max(query.get(pair, 0), weight)
        scores = np.concatenate([index.scores(query) for index in self.indexes]) * self._priors
        scores /= max(float(scores.max(initial=0)), _SCORE_FLOOR)
        if self._own:
            literal = dict.fromkeys(pairs(without_chatter(words)), 1.0)
            own = self.indexes[-1].scores(literal) / (2 * _SCORE_FLOOR)
            part = slice(len(scores) - self._own, None)
            scores[part] = np.maximum(scores[part], np.minimum(own, LOCAL))
        for phrase, strength in heard:
            self._anchor(scores, phrase, strength, on)
        if hint.laws:
            named = np.array([a.law.short in hint.laws for a in self.library.articles])
            scores *= np.where(named, 1.25, 1.0).astype(np.float32)
        terms = sorted(weights, key=lambda term: -weights[term])
        return scores, terms[:8]

    def _heard(self, parts: Sequence[str]) -> list[tuple[Phrase, float]]:
        """Return the lines of the vocabulary that were said, as written or in other words."""
        likely = self._ear.hear(parts)
        found = []
        for number, phrase in enumerate(self.phrases):
            said = max(phrase.strength(parts), min(1.0, _LIKENESS * likely.get(number, 0.0)))
            if said:
                found.append((phrase, said))
        return found

    @cached_property
    def _ear(self) -> Ear:
        return Ear(self.phrases)

    def _anchor(self, scores: Floats, phrase: Phrase, strength: float, on: date) -> None:
        for rank, (name, key) in enumerate(phrase.articles):
            law = self.library.wording(name, on)
            place = self._places.get((law.key, key)) if law else None
            if place is not None:
                scores[place] += 1.5 * strength * (1 - _RANK_STEP * rank)


def _prior(law: Law) -> float:
    if law.is_city or law.short in _EVERYDAY:
        return EVERYDAY
    return RARE if law.kind in _RARE_KINDS else 1.0


def _use(law: Law) -> int:
    order: Mapping[str, int] = {"民法典": 0, "劳动合同法": 1, "治安管理处罚法": 2}
    return order.get(law.short, 9)
