"""Reads of the statute library: the package's laws together with what the city added.

The library lies in the process's memory; every five seconds at most it is asked whether the city
has changed something since.
"""

import csv
import logging
import threading
import time
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Count, Max, QuerySet

from linli.cases.models import Case
from linli.legal.index import Index, build
from linli.legal.library import DATA, Article, Law, Library, national
from linli.legal.models import Saying, Statute
from linli.legal.numerals import key_of, number_of
from linli.legal.search import Found, Hint, Shelf
from linli.legal.speech import Phrase, PhraseError, common_phrases, read_phrase
from linli.legal.statute_file import UnreadableError, read_statute

log = logging.getLogger(__name__)
_SECONDS_BETWEEN_LOOKS = 5.0


@dataclass(slots=True)
class _Kept:
    shelf: Shelf
    edition: tuple[object, ...]
    looked: float


_lock = threading.Lock()
_kept: list[_Kept] = []


@cache
def _national_index() -> Index:
    return build(national().articles)


def shelf() -> Shelf:
    """Return the library of today: the first call in a process takes about a second."""
    with _lock:
        now = time.monotonic()
        if _kept and now - _kept[0].looked < _SECONDS_BETWEEN_LOOKS:
            return _kept[0].shelf
        edition = _edition()
        if _kept and _kept[0].edition == edition:
            _kept[0].looked = now
            return _kept[0].shelf
        _kept[:] = [_Kept(_build(), edition, now)]
        return _kept[0].shelf


def forget() -> None:
    """Look at once whether the city has changed something."""
    with _lock:
        for kept in _kept:
            kept.looked = float("-inf")


def _edition() -> tuple[object, ...]:
    counted = [
        model.objects.aggregate(last=Max("changed_at"), rows=Count("pk"))
        for model in (Statute, Saying)
    ]
    return tuple(value for row in counted for value in (row["last"], row["rows"]))


def _build() -> Shelf:
    own = _own_laws()
    library = national().joined(own) if own else national()
    indexes = [_national_index()]
    if articles := [article for law in own for article in law.articles]:
        indexes.append(build(articles, weigh_by=indexes[0]))
    return Shelf(library, indexes, [*_own_phrases(), *common_phrases()])


def _own_laws() -> list[Law]:
    laws: list[Law] = []
    earlier: dict[str, Law] = {}
    for row in Statute.objects.order_by("title", "valid_from"):
        try:
            law = read_statute(row.source, key=str(row.id))
        except UnreadableError as error:
            log.warning("statute %s is left out: %s", row.id, error)
            continue
        if before := earlier.get(law.title):
            before.valid_until = before.valid_until or law.valid_from
            law.first = before.first
        earlier[law.title] = law
        laws.append(law)
    return laws


def _own_phrases() -> list[Phrase]:
    phrases = []
    for row in Saying.objects.all():
        try:
            phrases.append(read_phrase(row.say, row.legal, row.articles))
        except PhraseError as error:
            log.warning("saying %s is left out: %s", row.id, error)
    return phrases


def search(words: str, on: date, *, limit: int = 20, any_time: bool = False) -> Found:
    """Return what fits words, a number or everyday speech among what is in force on a day.

    ``any_time`` also finds what is not in force. The best come first.
    """
    return shelf().search(words, on=on, limit=limit, any_time=any_time)


def article(law: str, number: str, on: date) -> Article | None:
    """Return an article by the law's name and its number: ``("民法典", "675", day)``, 第六百七十五条."""
    library = shelf().library
    wording = library.wording(law, on)
    plain = number.strip().removeprefix("第").partition("条")
    found = number_of(plain[0])
    branch = number_of(plain[2].removeprefix("之")) if plain[2].startswith("之") else None
    key = key_of(found, branch) if found else number
    return library.article(wording, key) if wording else None


def law_by_key(key: str) -> Law | None:
    """Return one wording of a law by the key in its address."""
    return shelf().library.by_key.get(key)


def wordings(law: Law) -> list[Law]:
    """Return all wordings of a law that the library holds, newest first."""
    return shelf().library.names[law.title]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the library holds; ``marked`` counts articles that their source calls in force."""

    laws: int
    articles: int
    marked: int
    own: int


def figures() -> Figures:
    """Return the library's size."""
    laws = shelf().library.laws
    marked = sum(len(law.articles) for law in laws if law.status == "现行有效")
    articles = sum(len(law.articles) for law in laws)
    return Figures(len(laws), articles, marked, sum(law.is_city for law in laws))


def by_department(on: date) -> list[tuple[str, list[Law]]]:
    """Return the laws in force on a day by branch of law, a city's own first."""
    found: dict[str, list[Law]] = {}
    for law in sorted(shelf().library.laws, key=lambda law: law.short):
        if law.force(on) == "in_force":
            found.setdefault("" if law.is_city else law.department, []).append(law)
    return sorted(found.items(), key=lambda item: (item[0] != "", -len(item[1])))


def for_case(case: Case, on: date, *, limit: int = 5) -> Found:
    """Return the statutes that bear on a case: its title and description, and what its category says.

    The words are looked up in memory and kept nowhere.
    """
    codes = [case.category_id, case.category.parent_id] if case.category else []
    hint = next((found for code in codes if code and (found := _hints().get(code))), Hint())
    words = f"{case.title}。{case.description[:600]}"
    return shelf().search(words, on=on, limit=limit, hint=hint)


@cache
def _hints() -> dict[str, Hint]:
    with (DATA / "hints.csv").open(encoding="utf-8") as lines:
        return {
            row["category"]: Hint(tuple(row["terms"].split()), frozenset(row["laws"].split()))
            for row in csv.DictReader(lines)
        }


def own_statutes() -> QuerySet[Statute]:
    """Return the city's own statutes."""
    return Statute.objects.select_related("changed_by").defer("source")


def own_sayings() -> QuerySet[Saying]:
    """Return the city's own lines of the vocabulary."""
    return Saying.objects.all()


def library() -> Library:
    """Return the laws themselves, for whoever reads citations."""
    return shelf().library
