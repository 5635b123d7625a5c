"""Where a text speaks of: names of areas in every form people write, landmarks, and which is meant."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linli.areas.codes import LENGTH_OF, Level
from linli.reading.lexicon import Hit, Lexicon
from linli.reading.proposal import Part

# Endings that people leave out, with what they say instead.
_ENDINGS = (
    ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("村村民委员会", "村"), ("村民委员会", "村"),
    ("村村委会", "村"), ("村委会", "村"), ("居民委员会", "社区"), ("居委会", "社区"),
    ("街道办事处", "街道"),
)  # fmt: skip
_BARE = ("社区", "街道", "镇", "乡", "村")
_NUMBERED = re.compile(r"第?[一二三四五六七八九十百\d]+(?:号)?网格")
_FULL, _NAMED, _BARELY, _FAINT = 3.0, 2.5, 2.0, 1.0
_CONFIRMED = 1.0
_HERE = 0.5
_SURE = {3.0: 0.92, 2.5: 0.9, 2.0: 0.78, 1.0: 0.62}
_SPLIT = 0.4
_LOWEST_FULL_ONLY = LENGTH_OF[Level.COUNTY]
_MOST_OPTIONS = 3


class Meaning(NamedTuple):
    """An area a name can stand for, and how surely it does."""

    code: str
    strength: float


def forms(code: str, name: str) -> list[tuple[str, Meaning]]:
    """Return the forms of an area's name: whole, without its committee, bare."""
    found = {name: _FULL}
    if len(code) <= _LOWEST_FULL_ONLY or len(code) >= LENGTH_OF[Level.GRID]:
        # A county's bare name stands in the names of firms; a grid has no other name.
        return [(name, Meaning(code, _FULL))]
    short = name
    for ending, instead in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            short = name.removesuffix(ending) + instead
            break
    found.setdefault(short, _NAMED)
    for ending in _BARE:
        bare = short.removesuffix(ending)
        if bare != short and len(bare) >= 2:
            found.setdefault(bare, _BARELY if len(bare) > 2 else _FAINT)
            if ending == "街道":
                found.setdefault(bare + "街道办", _NAMED)
            break
    return [(form, Meaning(code, strength)) for form, strength in found.items()]


class Gazetteer:
    """The areas of one city by every form of their names, and what else people call them."""

    def __init__(self, areas: Mapping[str, str], aliases: Iterable[tuple[str, str]] = ()) -> None:
        names = [one for code, name in areas.items() for one in forms(code, name)]
        names += [(alias, Meaning(code, _FULL)) for alias, code in aliases if code in areas]
        self._lexicon = Lexicon(names)

    def area_of(self, text: str, within: str) -> tuple[Part | None, tuple[str, ...]]:
        """Return the area a folded text speaks of; or None, and those it could not choose between.

        ``within`` is the area the asker works in: of two equal names the one there is meant.
        """
        hits = self._lexicon.find(text)
        named = [hit for hit in hits if not _hangs(hit, hits, within)]
        scores: dict[str, tuple[float, float, str]] = {}
        for hit in named:
            for code, strength in hit.meanings:
                if len(code) >= LENGTH_OF[Level.GRID] and not _grid_here(code, hit, hits, within):
                    continue
                score = strength + _support(code, hit, hits) + _HERE * code.startswith(within)
                if score > scores.get(code, (0.0, 0.0, ""))[0]:
                    scores[code] = (score, strength, hit.word)
        lowest = [c for c in scores if not any(o != c and o.startswith(c) for o in scores)]
        order = sorted(lowest, key=lambda code: (-scores[code][0], code))
        if not order:
            return None, ()
        best = order[0]
        score, strength, _word = scores[best]
        rivals = [code for code in order[1:] if scores[code][0] > score - _HERE]
        words = tuple(dict.fromkeys(
            hit.word for hit in named if any(best.startswith(m.code) for m in hit.meanings)
        ))  # fmt: skip
        if rivals:
            return None, tuple([best, *rivals][:_MOST_OPTIONS])
        return Part(best, min(0.97, _SURE[strength] + 0.05 * (len(words) > 1)), words), ()


def _support(code: str, hit: Hit[Meaning], hits: list[Hit[Meaning]]) -> float:
    """Say how much the text names of what lies above ``code``."""
    return sum(
        _CONFIRMED
        for other in hits
        if other.word != hit.word
        and any(code != m.code and code.startswith(m.code) for m in other.meanings)
    )


def _grid_here(code: str, hit: Hit[Meaning], hits: list[Hit[Meaning]], within: str) -> bool:
    """A numbered grid is everywhere: its village must be named, or be where one works."""
    village = code[: LENGTH_OF[Level.VILLAGE]]
    if village == within[: len(village)] and len(within) >= len(village):
        return True
    named = len(hit.meanings) == 1 and not _NUMBERED.fullmatch(hit.word)
    return named or any(m.code == village for other in hits for m in other.meanings)


def _hangs(hit: Hit[Meaning], hits: list[Hit[Meaning]], within: str) -> bool:
    """A faint form (two characters) counts only where something else in the text confirms it."""
    if any(meaning.strength > _FAINT for meaning in hit.meanings):
        return False
    confirmed = any(_support(m.code, hit, hits) > 0 for m in hit.meanings)
    is_near = len(within) >= LENGTH_OF[Level.TOWNSHIP]
    return not confirmed and not (is_near and any(m.code.startswith(within) for m in hit.meanings))
