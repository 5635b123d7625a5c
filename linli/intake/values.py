"""What the words in a column with a closed list mean here: the city's own names, then synonyms."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from linli.cases.choices import Channel, Difficulty, Kind, Scale, Urgency
from linli.cases.queries.categories import categories
from linli.intake.fields import plain

# Fields whose cells a person may set to one of a list.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(Kind.values),
    "category": (),
    "channel": tuple(Channel.values),
    "scale": tuple(Scale.values),
    "difficulty": tuple(Difficulty.values),
    "urgency": tuple(Urgency.values),
    "high_risk": ("1", "0"),
    "state": ("open", "closed", "withdrawn", "declined", "referred"),
    "satisfaction": ("5", "4", "3", "2", "1"),
}
_DATA = Path(__file__).with_name("data")
_LABELS = {
    "kind": Kind, "channel": Channel, "scale": Scale, "difficulty": Difficulty, "urgency": Urgency,
}  # fmt: skip
_FILLERS = re.compile("矛盾纠纷|纠纷|矛盾|争议|问题|事件|类型|类|案件")


def code_of(field: str, text: str, kind: str = "") -> str | None:
    """Return the code a cell of ``field`` means, or None where that is not clear.

    A category is looked for among those of ``kind`` where it is known.
    """
    if field == "category":
        return _category(text, kind)
    word = plain(text)
    exact, parts = _words(field)
    if word in exact:
        return exact[word]
    label = next((code for code, name in _labels(field) if plain(name) == word), None)
    if label is not None or len(word) < 2:
        return label
    # "未化解" holds "化解": the longest word decides.
    return next((code for known, code in parts if known in word), None)


def _labels(field: str) -> list[tuple[str, str]]:
    """Return the codes with their words on our own pages, in the language of the moment."""
    choices = _LABELS.get(field)
    if choices is None:
        return []
    return [(str(code), str(label)) for code, label in choices.choices]


@cache
def _words(field: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    exact: dict[str, str] = {}
    for line in _lines("values.txt"):
        name, _colon, rest = line.partition(":")
        if name == field:
            code, _equals, words = rest.strip().partition("=")
            for word in [code, *words.split()]:
                exact.setdefault(plain(word), code)
    parts = [(word, code) for word, code in exact.items() if len(word) > 1]
    return exact, sorted(parts, key=lambda pair: -len(pair[0]))


def _category(text: str, kind: str) -> str | None:
    # "婚姻家庭纠纷/离婚": the last step of a path says most.
    pieces = [piece for piece in re.split(r"[/\\>›、，,\-—|]+", text) if piece.strip()]
    for piece in [*reversed(pieces), text]:
        if (found := _category_named(piece, kind)) is not None:
            return found
    return None


def _category_named(text: str, kind: str) -> str | None:
    offered = [one for one in categories() if not one.retired and kind in ("", one.kind)]
    word = plain(text)
    for one in offered:
        if word in (one.code, plain(one.name), plain(one.name_en)):
            return one.code
    bare = _bare(word)
    if not bare:
        return None
    for one in offered:
        if bare == _bare(plain(one.name)):
            return one.code
    there = {one.code for one in offered}
    exact, parts = _synonyms()
    if kind and bare in ("其他", "其它"):
        return next((one.code for one in offered if one.code.startswith("other_")), None)
    if exact.get(bare) in there:
        return exact[bare]
    within = next((code for known, code in parts if known in bare and code in there), None)
    if within is None and kind and len(bare) > 1:
        within = next((one.code for one in offered if bare in plain(one.name)), None)
    return within


def _bare(word: str) -> str:
    return _FILLERS.sub("", word)


@cache
def _synonyms() -> tuple[dict[str, str], list[tuple[str, str]]]:
    exact: dict[str, str] = {}
    for line in _lines("categories.txt"):
        code, _colon, words = line.partition(":")
        for word in words.split():
            exact.setdefault(_bare(plain(word)) or plain(word), code)
    parts = sorted(
        ((word, code) for word, code in exact.items() if len(word) > 1), key=lambda p: -len(p[0])
    )
    return exact, parts


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
