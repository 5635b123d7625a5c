"""From everyday speech to legal words: what people say, what the law calls it, where it is decided.

A line of the vocabulary has three parts. ``say`` lists ways to put it, separated by ``|``: ``…``
stands for up to ten characters, ``(借/欠)钱`` for either word, ``?`` behind a bracket lets it be
missing, ``遗嘱+(打印)`` wants both, in any order. ``legal`` gives the words the law uses; ``articles``
the articles that decide it, the most important first: ``民法典 675 676;劳动合同法 30``. The package
brings a thousand lines (``data/everyday.csv``); a city adds its own.

Nobody says a thing as it stands in a list. Ways that are plain words are therefore also heard when
most of their characters come again (:class:`Ear`), with words that mean the same made one
(``data/alike_words.csv``).
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linli.legal.library import DATA

_TOKEN = re.compile(r"\(([^()]*)\)(\?)?|…|([^()…?]+)")
_GAP = ".{0,10}?"
# Between these, nothing said belongs together.
_SENTENCE = re.compile(r"[。；！？!?;\n]+")


class PhraseError(ValueError):
    """A line of the vocabulary that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line: each way to say it is a list of patterns that must all be found in one sentence."""

    say: str
    ways: tuple[tuple[re.Pattern[str], ...], ...]
    terms: tuple[str, ...]
    articles: tuple[tuple[str, str], ...]

    def strength(self, sentences: Iterable[str]) -> float:
        """Return 0 when nobody says it, else up to 1: the more of it was said, the surer."""
        best = 0
        for sentence in sentences:
            for way in self.ways:
                found = [pattern.search(sentence) for pattern in way]
                if all(found):
                    said = (match.groups("") for match in found if match)
                    best = max(best, sum(len(word) for words in said for word in words))
        return 1.0 - float(0.5 ** (best / 2))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, blanks and commas left out, so that words stay together."""
    return [
        re.sub(r"[\s，,、]+", "", part) for part in _SENTENCE.split(text.lower()) if part.strip()
    ]


def _pattern(text: str) -> re.Pattern[str]:
    parts = []
    for choice, optional, plain in (match.groups() for match in _TOKEN.finditer(text)):
        if choice is not None:
            parts.append(f"({'|'.join(re.escape(c) for c in choice.split('/'))}){optional or ''}")
        else:
            parts.append(f"({re.escape(plain)})" if plain else _GAP)
    while parts and parts[-1] == _GAP:
        parts.pop()
    if not any(part != _GAP and not part.endswith("?") for part in parts):
        raise PhraseError(text)
    return re.compile("".join(parts))


def _ways(say: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    ways, depth, start = [], 0, 0
    for place, sign in enumerate(f"{say}|"):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            if way := say[start:place].strip().lower():
                ways.append(tuple(_pattern(part) for part in way.split("+")))
            start = place + 1
    if depth or not ways:
        raise PhraseError(say)
    return tuple(ways)


def read_articles(text: str) -> tuple[tuple[str, str], ...]:
    """Return ``民法典 675 676;劳动法 44`` as pairs of a law's name and an article's key."""
    found = []
    for part in text.split(";"):
        name, *keys = part.split()[:1] + part.split()[1:] or [""]
        if name and (not keys or not all(re.fullmatch(r"\d+(-\d+)?", key) for key in keys)):
            raise PhraseError(part)
        found += [(name, key) for key in keys]
    return tuple(found)


def read_phrase(say: str, legal: str, articles: str) -> Phrase:
    """Return a line of the vocabulary, ready to listen; raises :class:`PhraseError`."""
    return Phrase(say, _ways(say), tuple(legal.split()), read_articles(articles))


@cache
def common_phrases() -> tuple[Phrase, ...]:
    """Return the vocabulary that comes with the package."""
    lines = (DATA / "everyday.csv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(read_phrase(*line.split(",")) for line in lines if line and line[0] != "#")


# A way that shares less of its weight with what was said was not said.
_LEAST = 0.22
_GRAM_WEIGHTS = {1: 0.3, 2: 1.0, 3: 0.8}
_SILENT = re.compile(
    r"请问|咨询|想问|一下|怎么办|咋办|咋整|怎么|能不能|可不可以|可以吗|行不行|行吗|合法吗|是不是|"
    r"有没有|应该|需要|如何|现在|已经|就是|我们|他们|我的|我|你|吗|呢|了|的|地|得|啊|吧"
)


@cache
def _alike() -> tuple[re.Pattern[str], Mapping[str, str]]:
    with (DATA / "alike_words.csv").open(encoding="utf-8") as lines:
        same = {o: r["canonical"] for r in csv.DictReader(lines) for o in r["others"].split()}
    longest = sorted(same, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), same


def without_chatter(text: str) -> str:
    """Return what was said without the small words around it."""
    return _SILENT.sub(" ", text)


def plain(text: str) -> str:
    """Return what was said with words that mean the same made one and small words left out."""
    pattern, same = _alike()
    return without_chatter(pattern.sub(lambda match: same[match[0]], text))


def _grams(text: str) -> Counter[str]:
    grams: Counter[str] = Counter()
    for word in plain(text).split():
        for size in _GRAM_WEIGHTS:
            grams.update(word[i : i + size] for i in range(len(word) - size + 1))
    return grams


class Ear:
    """Hears lines of the vocabulary in other words than they are written in."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Weigh the grams of every way that is plain words; rare ones count more."""
        ways = [
            (number, _grams(way))
            for number, phrase in enumerate(phrases)
            for way in phrase.say.lower().split("|")
            if len(way) > 2 and not set("()…+") & set(way)
        ]
        often = Counter(gram for _, grams in ways for gram in grams)
        self._idf = {
            gram: math.log(1 + len(ways) / count) * _GRAM_WEIGHTS[len(gram)]
            for gram, count in often.items()
        }
        self._unknown = math.log(1 + len(ways)) * 0.5
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._owner = [number for number, _ in ways]
        for place, (_, grams) in enumerate(ways):
            length = math.sqrt(sum(self._idf[gram] ** 2 for gram in grams)) or 1.0
            for gram in grams:
                self._postings.setdefault(gram, []).append((place, self._idf[gram] / length))

    def hear(self, parts: Iterable[str]) -> dict[int, float]:
        """Return the lines heard in any sentence, by their number, with how surely: up to 1."""
        heard: dict[int, float] = {}
        for part in parts:
            scores: dict[int, float] = {}
            total = 0.0
            for gram in _grams(part):
                weight = self._idf.get(gram)
                if weight is None:
                    total += (self._unknown * _GRAM_WEIGHTS[len(gram)]) ** 2 / 4
                    continue
                total += weight**2
                for place, share in self._postings[gram]:
                    scores[place] = scores.get(place, 0.0) + weight * share
            length = math.sqrt(total) or 1.0
            for place, score in scores.items():
                if (likeness := score / length) > _LEAST:
                    number = self._owner[place]
                    heard[number] = max(heard.get(number, 0.0), likeness)
        return heard
