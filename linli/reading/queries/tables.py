"""The lists reading works with, kept in the process for some seconds: words, places, the model."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from linli.accounts.scope import in_area
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.models import Area, Unit
from linli.cases.models import Category
from linli.reading.classifier import Classifier
from linli.reading.lexicon import Lexicon
from linli.reading.models import Keyword, PlaceAlias, Policy, UrgencyWord, Version
from linli.reading.places import Gazetteer
from linli.reading.rules import Pointer, Rules
from linli.reading.wording import fold

_SECONDS = 5.0
_PLACE_SECONDS = 60.0
_SHORTEST_ADDRESS = 4


class Kept[T]:
    """A value read from the database at most every some seconds."""

    def __init__(self, read: Callable[[], T], seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._value: T | None = None
        self._read_at = float("-inf")

    def get(self) -> T:
        """Return the value, not older than agreed."""
        now = time.monotonic()
        if self._value is None or now - self._read_at > self._seconds:
            self._value, self._read_at = self._read(), now
        return self._value

    def forget(self) -> None:
        """Read afresh at the next question."""
        self._read_at = float("-inf")


@dataclass(frozen=True, slots=True)
class Words:
    """The city's lists of words, the categories they may point to, and when to ask."""

    rules: Rules
    urgency: Lexicon[str]
    kinds: dict[str, str]
    parents: dict[str, str | None]
    threshold: float


@dataclass(frozen=True, slots=True)
class Learned:
    """The model that is on."""

    number: int
    classifier: Classifier


def _read_words() -> Words:
    categories = {
        code: (kind, parent)
        for code, kind, parent in Category.objects.filter(retired=False).values_list(
            "code", "kind", "parent_id"
        )
    }
    parents: dict[str, str | None] = {code: up for code, (_kind, up) in categories.items()}
    pointers = [
        (fold(word), Pointer(kind, code or "", weight))
        for word, kind, code, weight in Keyword.objects.values_list(
            "word", "kind", "category_id", "weight"
        )
        if code is None or code in categories
    ]
    urgent = [(fold(w), u) for w, u in UrgencyWord.objects.values_list("word", "urgency")]
    percent = Policy.objects.values_list("threshold", flat=True).first()
    return Words(
        Rules(pointers, parents),
        Lexicon(urgent),
        {code: kind for code, (kind, _parent) in categories.items()},
        parents,
        (60 if percent is None else percent) / 100,
    )


def _read_places(city: str) -> Gazetteer:
    where = in_area(city, "code")
    areas = Area.objects.filter(where, abolished_on=None).values_list("code", "name")
    here = in_area(city, "area_id")
    aliases = list(PlaceAlias.objects.filter(here).values_list("alias", "area_id"))
    aliases += [
        (address, area)
        for address, area in Unit.objects.filter(here, closed_on=None)
        .exclude(address="")
        .values_list("address", "area_id")
        if len(address) >= _SHORTEST_ADDRESS
    ]
    folded = {code: fold(name) for code, name in areas}
    return Gazetteer(folded, [(fold(alias), area) for alias, area in aliases])


_words = Kept(_read_words, _SECONDS)
_places: dict[str, Kept[Gazetteer]] = {}


def _read_number() -> int:
    on = Version.objects.filter(switched_on_at__isnull=False, switched_off_at=None)
    return on.values_list("number", flat=True).first() or 0


_on = Kept(_read_number, _SECONDS)
_loaded: list[Learned] = []


def words() -> Words:
    """Return the city's lists of words."""
    return _words.get()


def places(within: str) -> Gazetteer:
    """Return the names of the city that ``within`` lies in (of all below it, if it is higher)."""
    city = within[: LENGTH_OF[Level.CITY]]
    if city not in _places:
        _places[city] = Kept(lambda: _read_places(city), _PLACE_SECONDS)
    return _places[city].get()


def learned() -> Learned | None:
    """Return the model that is on, None where none is."""
    number = _on.get()
    if not number:
        return None
    if not _loaded or _loaded[0].number != number:
        stored = Version.objects.values_list("stored", flat=True).get(pk=number)
        _loaded[:] = [Learned(number, Classifier.from_bytes(bytes(stored)))]
    return _loaded[0]


def forget() -> None:
    """Read everything afresh: a list or the model has changed."""
    _words.forget()
    _on.forget()
    for one in _places.values():
        one.forget()
