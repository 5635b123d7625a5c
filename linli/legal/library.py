"""The statute library: laws, their wordings and articles, and on which days each is in force.

The 378 laws come with the package (``data/statutes.json.xz``, made by ``scripts/make_statutes.py``);
a city's own statutes join them. Everything lies in memory, read only: half a second to load, and
then a search needs no database. A law that was rewritten is there once for each wording.
"""

import csv
import json
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Any

DATA = files("linli.legal") / "data"
# The latest act the package's library knows; what it calls repealed was repealed by then.
SNAPSHOT = date(2026, 8, 28)
NATION = "中华人民共和国"


class Force(StrEnum):
    """Where a wording stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EARLIER = "earlier"  # superseded by a later wording
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``key`` is ``675`` or ``120-1``; ``path`` its book, chapter and section."""

    law: "Law" = field(repr=False, compare=False)
    key: str
    label: str
    path: tuple[str, ...]
    text: str
    position: int
    # Set where an article was changed while the rest of its law's wording stood.
    until: date | None = None

    @property
    def valid_until(self) -> date | None:
        """Return the first day on which this wording no longer holds."""
        return self.until or self.law.valid_until

    @property
    def paragraphs(self) -> list[list[str]]:
        """Return the paragraphs 款, each with the lines of its items 项 after its own."""
        found: list[list[str]] = []
        for line in self.text.splitlines():
            if found and line.startswith(("（", "(")):
                found[-1].append(line)
            else:
                found.append([line])
        return found

    def force(self, on: date) -> Force:
        """Return where this article stands on a day."""
        if self.until and on >= self.until:
            return Force.EARLIER
        return self.law.force(on)


@dataclass(slots=True, eq=False)
class Law:
    """One wording of a law. ``first`` is when the law was first in force, ``valid_from`` this text."""

    key: str
    title: str
    kind: str
    level: str
    body: str
    published: date
    first: date
    valid_from: date
    valid_until: date | None
    status: str
    department: str = ""
    short_names: tuple[str, ...] = ()
    is_city: bool = False
    note: str = ""
    # Since when a law of this name holds, where its first wordings are not in the library.
    since: date | None = None
    articles: list[Article] = field(default_factory=list, repr=False)

    @property
    def short(self) -> str:
        """Return the title without the country's name, as people say it."""
        return self.title.removeprefix(NATION)

    @property
    def is_repealed(self) -> bool:
        """Tell whether it was repealed, perhaps on a day that the library does not know."""
        return self.status == "已废止"

    def force(self, on: date) -> Force:
        """Return where this wording stands on a day."""
        if on < self.valid_from:
            return Force.NOT_YET
        if self.valid_until and on >= self.valid_until:
            return Force.REPEALED if self.is_repealed else Force.EARLIER
        if self.is_repealed and self.valid_until is None and on >= SNAPSHOT:
            return Force.REPEALED
        return Force.IN_FORCE


@dataclass(frozen=True, slots=True)
class Repeal:
    """A law says that it repeals another: which, from which day, and where it says so."""

    title: str
    day: date
    by: str
    article: str


class Library:
    """Laws and articles, found by key, by name and by number."""

    def __init__(self, laws: Sequence[Law], repeals: Iterable[Repeal] = ()) -> None:
        """Order the wordings of each title, newest first."""
        self.laws = list(laws)
        self.by_key = {law.key: law for law in self.laws}
        self.repeals = {repeal.title: repeal for repeal in repeals}

    @cached_property
    def names(self) -> Mapping[str, list[Law]]:
        """Return every name a law goes by, with its wordings, newest first."""
        found: dict[str, list[Law]] = {}
        for law in self.laws:
            for name in {law.title, law.short, *law.short_names}:
                found.setdefault(name, []).append(law)
        for wordings in found.values():
            wordings.sort(key=lambda law: law.valid_from, reverse=True)
        return found

    @cached_property
    def articles(self) -> list[Article]:
        """Return all articles in the order of the laws."""
        return [article for law in self.laws for article in law.articles]

    @cached_property
    def _numbered(self) -> dict[tuple[str, str], Article]:
        return {(law.key, article.key): article for law in self.laws for article in law.articles}

    def wording(self, name: str, on: date) -> Law | None:
        """Return the wording of a law that is in force on a day, else the nearest to it."""
        wordings = self.names.get(name.strip().strip("《》")) or []
        for law in wordings:
            if law.force(on) is Force.IN_FORCE:
                return law
        return next((law for law in wordings if law.valid_from <= on), None) or (
            wordings[-1] if wordings else None
        )

    def article(self, law: Law, key: str) -> Article | None:
        """Return an article of a wording."""
        return self._numbered.get((law.key, key))

    def joined(self, own: Sequence[Law]) -> "Library":
        """Return this library with a city's own statutes beside it."""
        return Library([*self.laws, *own], self.repeals.values())


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _law(
    row: dict[str, Any],
    names: Mapping[str, str],
    corrections: list[dict[str, str]],
    since: Mapping[str, date],
) -> Law:
    effective, version = date.fromisoformat(row["effective"]), date.fromisoformat(row["version"])
    mine = [c for c in corrections if (c["law"], c["version"]) == (row["title"], row["version"])]
    whole = next((c for c in mine if not c["article"]), None)
    short = row["title"].removeprefix(NATION)
    law = Law(
        key=row["key"],
        title=row["title"],
        kind=row["kind"],
        level=row["level"],
        body=row["body"],
        published=date.fromisoformat(row["published"]),
        first=effective,
        # An amended law keeps its first day in the source; its text cannot be older than itself.
        valid_from=(whole and _day(whole["valid_from"])) or max(effective, version),
        valid_until=(whole and _day(whole["valid_until"])) or None,
        status=row["status"],
        department=row["department"],
        short_names=tuple(filter(None, names.get(short, "").split(";"))),
        since=since.get(short),
    )
    ends = {c["article"]: _day(c["valid_until"]) for c in mine if c["article"]}
    law.articles = [
        Article(law, key, label, _path(*path), text, position, ends.get(key))
        for position, (key, label, *path, text) in enumerate(row["articles"])
    ]
    return law


def _path(book: str, chapter: str, section: str) -> tuple[str, ...]:
    return tuple(part for part in (*book.split(" › "), chapter, section) if part)


def _close(laws: list[Law], repeals: Mapping[str, Repeal]) -> None:
    """Let each wording end where the next begins, and a repealed law on the day of its repeal."""
    by_title: dict[str, list[Law]] = {}
    for law in laws:
        by_title.setdefault(law.title, []).append(law)
    for title, wordings in by_title.items():
        wordings.sort(key=lambda law: law.valid_from)
        for earlier, later in pairwise(wordings):
            earlier.valid_until = earlier.valid_until or later.valid_from
            later.first = min(later.first, earlier.first)
        if wordings[-1].is_repealed and title in repeals:
            wordings[-1].valid_until = repeals[title].day


@cache
def national() -> Library:
    """Return the library that comes with the package, loaded once in a process."""
    content = json.loads(lzma.decompress((DATA / "statutes.json.xz").read_bytes()))
    corrections, names = _rows("corrections.csv"), _rows("short_names.csv")
    short = {row["law"]: row["short"] for row in names}
    since = {row["law"]: date.fromisoformat(row["since"]) for row in _rows("earlier.csv")}
    laws = [_law(row, short, corrections, since) for row in content["laws"]]
    repeals = [
        Repeal(title, date.fromisoformat(day), by, article)
        for title, day, by, article in content["repealed"]
    ]
    _close(laws, {repeal.title: repeal for repeal in repeals})
    return Library(laws, repeals)
