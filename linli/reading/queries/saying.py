"""A proposal in words: what is proposed, how sure it is in a word and a number, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.areas.codes import LENGTH_OF, Level, above
from linli.areas.queries import places_of
from linli.cases.choices import Kind, Urgency
from linli.cases.queries.categories import categories
from linli.reading.models import Field
from linli.reading.proposal import LEARNED, SERVICE, Part, Proposal

_ORDER = ("kind", "category", "area", "urgency")
_VERY, _RATHER = 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a proposal for a page. ``percent`` is a whole number."""

    field: str
    label: str
    value: str
    value_label: str
    percent: int
    sureness: str
    words: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """A field that must be asked, with what it may be (value and label)."""

    field: str
    label: str
    options: tuple[tuple[str, str], ...]


def lines_of(parts: dict[str, Part]) -> list[Line]:
    """Return parts as lines, in the order of the form."""
    names = names_of(parts[name].value for name in parts if name == "area")
    return [
        Line(
            name,
            str(Field(name).label),
            part.value,
            label_of(name, part.value, names),
            round(part.confidence * 100),
            sureness(part.confidence),
            () if _is_said_below(name, parts) else part.words,
            "" if _is_said_below(name, parts) else source_of(part),
        )
        for name in _ORDER
        if (part := parts.get(name)) is not None and _worth_saying(name, part)
    ]


def questions_of(proposal: Proposal) -> list[Question]:
    """Return what could not be decided, with the likelier answers."""
    names = names_of(proposal.options.get("area", ()))
    return [
        Question(
            name,
            str(Field(name).label),
            tuple((value, label_of(name, value, names)) for value in values),
        )
        for name in _ORDER
        if (values := proposal.options.get(name)) and getattr(proposal, name) is None
    ]


def _is_said_below(name: str, parts: dict[str, Part]) -> bool:
    """Say whether a kind has no other reason than its category, which stands on the next line."""
    below = parts.get("category")
    return name == "kind" and below is not None and below.words == parts[name].words


def _worth_saying(name: str, part: Part) -> bool:
    return not (name == "urgency" and part.value == Urgency.NORMAL)


def sureness(confidence: float) -> str:
    """Return how sure a proposal is, in a word."""
    if confidence >= _VERY:
        return pgettext("how sure", "very likely")
    return (
        pgettext("how sure", "likely") if confidence >= _RATHER else pgettext("how sure", "perhaps")
    )


def source_of(part: Part) -> str:
    """Return who says so."""
    if part.source == LEARNED:
        return _("learned from this city's cases")
    return _("from the language model") if part.source == SERVICE else _("from the lists of words")


def label_of(field: str, value: str, names: dict[str, str]) -> str:
    """Return a code of ``field`` in words."""
    if field == "category":
        known = {one.code: one for one in categories()}
        one = known.get(value)
        if one is None:
            return value
        parent = known.get(one.parent) if one.parent else None
        return f"{parent.label} › {one.label}" if parent else one.label
    if field == "area":
        return names.get(value, value)
    choices = dict(Kind.choices) | dict(Urgency.choices)
    return str(choices.get(value, value))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return areas as ``北京路街道 › 龙门里社区`` by code: from the county down, in one query."""
    wanted = list(codes)
    if not wanted:
        return {}
    needed = sorted({one for code in wanted for one in above(code)})
    known = {place.code: place.name for place in places_of(needed)}
    return {
        code: " › ".join(
            known[one]
            for one in above(code)
            if one in known and (len(one) > LENGTH_OF[Level.CITY] or one == code)
        )
        for code in wanted
    }
