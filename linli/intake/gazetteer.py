"""Names of areas, as people write them, to codes. Built once for an import; answers are kept."""

import re
from collections import defaultdict
from collections.abc import Iterable

from linli.accounts.scope import in_area
from linli.areas.codes import LENGTHS, above
from linli.areas.models import Area

_ENDINGS = (
    "社区居民委员会", "村民委员会", "居民委员会", "村委会", "居委会", "街道办事处", "街道办", "社区", "街道",
    "乡", "镇", "村", "县", "区", "市",
)  # fmt: skip
_CODE = re.compile(r"(?<!\d)(\d{15}|\d{12}|\d{9}|\d{6}|\d{4})(?!\d)")
# A single character stands in too many other words.
_SHORTEST = 2


class Ambiguous(Exception):
    """Several areas go by this name; ``codes`` are two of them."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(" ".join(codes))
        self.codes = codes


class Gazetteer:
    """All areas of a city that exist, by every form of their names."""

    def __init__(self, city: str) -> None:
        rows = Area.objects.filter(in_area(city, "code"), abolished_on=None)
        self.names = dict(rows.values_list("code", "name"))
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for code, name in sorted(self.names.items()):
            for form in _forms(name):
                self._by_name[form].append(code)
        self._longest = max((len(form) for form in self._by_name), default=0)
        self._answers: dict[str, str | None] = {}

    def find(self, text: str) -> str | None:
        """Return the code of the lowest area a text names, None where it names none.

        Names of higher areas in the text decide between areas of one name; raises
        :class:`Ambiguous` where they do not.
        """
        if text not in self._answers:
            self._answers[text] = self._found(text)
        return self._answers[text]

    def _found(self, text: str) -> str | None:
        for code in sorted(_CODE.findall(text), key=len, reverse=True):
            if found := self._there(code):
                return found
        named = self._named(text)
        if not named:
            return None
        best: dict[str, int] = {}
        mentioned = set().union(*named)
        for codes in named:
            for code in codes:
                best[code] = sum(1 for line in above(code) if line in mentioned)
        most = max(best.values())
        lowest = [code for code, count in best.items() if count == most]
        deepest = max(map(len, lowest))
        lowest = [code for code in lowest if len(code) == deepest]
        if len(lowest) > 1:
            raise Ambiguous(lowest[:2])
        return lowest[0]

    def _there(self, code: str) -> str | None:
        """Return the area of a code, or the one that covers it; codes of tables end in noughts."""
        stripped = code
        while stripped and stripped not in self.names:
            if len(stripped) not in LENGTHS:
                stripped = stripped[:-1]
                continue
            if set(stripped[-3:]) - {"0"} and len(stripped) > 6:
                return None
            stripped = stripped[:-1]
        return stripped or None

    def _named(self, text: str) -> list[list[str]]:
        """Return the areas of each name in the text, the longest name at each place."""
        squeezed = "".join(text.split())
        found, place = [], 0
        while place < len(squeezed):
            for length in range(min(self._longest, len(squeezed) - place), _SHORTEST - 1, -1):
                codes = self._by_name.get(squeezed[place : place + length])
                if codes:
                    found.append(codes)
                    place += length - 1
                    break
            place += 1
        return found


def _forms(name: str) -> Iterable[str]:
    """Return how people write a name: in full, and without the word for what it is."""
    yield name
    for ending in _ENDINGS:
        short = name.removesuffix(ending)
        if short != name:
            if len(short) >= _SHORTEST:
                yield short
                # "龙门里社区" is also written "龙门里村" or "龙门里社区居委会".
                if ending in ("社区", "村"):
                    yield f"{name}居委会"
                    yield f"{name}委会"
            break
