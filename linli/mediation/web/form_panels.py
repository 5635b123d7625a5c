"""The form made ready for its page: tiles, and a table for each group of columns. Reads nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts.actor import Actor
from linli.kernel.periods import Period
from linli.mediation.form_words import headings, money, naming
from linli.mediation.models import Facet
from linli.mediation.queries.statistics import Figures, Statistics, Tally

# What stands for a value that isn't written down, in an address.
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, the address of what is behind it ("" where there is no way in), and its column."""

    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a group: the figures of the period, and of the one before it where there is one."""

    name: str
    now: tuple[Figure, ...]
    before: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A group of columns of the form, with the headings of a line's figures."""

    heading: str
    columns: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure at the head of the page, with how it changed."""

    name: str
    value: str
    url: str = ""
    change: str = ""


class Links:
    """Makes addresses of lists for one actor and area; "" for whom does not reach its cases."""

    def __init__(self, actor: Actor, area: str, period: Period | None) -> None:
        self._open = actor.reaches(area)
        days = {"since": period.first, "until": period.last} if period else {}
        self._given = {"area": area, **{name: str(day) for name, day in days.items() if day}}

    def __call__(self, **filters: str) -> str:
        """Return the list of the mediations that ``filters`` describe."""
        return self._to("mediation:counted", filters)

    def prevention(self) -> str:
        """Return the list of prevention work."""
        return self._to("mediation:prevention", {})

    def _to(self, view: str, filters: dict[str, str]) -> str:
        return f"{reverse(view)}?{urlencode(self._given | filters)}" if self._open else ""


def tiles(found: Statistics, links: Links) -> list[Tile]:
    """Return the sums of the form."""
    now, before = found.now.all, found.before
    old = before.all if before else Tally()
    counts = [
        (_("Mediations"), now.mediations, old.mediations, links()),
        (pgettext("mediations", "Resolved"), now.resolved, old.resolved, links(resolved="1")),
        (_("Hard and complicated"), now.hard, old.hard, links(hard="1")),
        (_("Parties"), now.parties, old.parties, links()),
    ]
    shares = [
        (_("Rate of success"), percent(now), percent(old)),
        (_("Amount in 10,000 yuan"), money(now.amount / 10_000), money(old.amount / 10_000)),
    ]
    resolved = links(resolved="1")
    return [
        *(Tile(name, f"{new:,}", url, _changed(new, was) if before else "")
          for name, new, was, url in counts),
        *(Tile(name, new, resolved, _("before: %(value)s") % {"value": was} if before else "")
          for name, new, was in shares),
    ]  # fmt: skip


def tables(found: Statistics, links: Links, earlier: Links) -> list[Table]:
    """Return the groups of the form; ``earlier`` makes the addresses of the period before."""
    made = []
    for facet, heading in headings().items():
        made.append(_table(facet, heading, found, links, earlier))
    return [*made, _prevention(found, links, earlier)]


def percent(tally: Tally | None) -> str:
    """Write a success rate; a dash where nothing was opened."""
    return "—" if tally is None or tally.rate is None else f"{tally.rate:.1f}%"


def _table(facet: str, heading: str, found: Statistics, links: Links, earlier: Links) -> Table:
    name, columns = naming(facet), _columns(facet)
    before: Mapping[str, Tally] = found.before.facets[facet] if found.before else {}
    lines = [
        Line(
            name(value),
            _named(columns, _figures(facet, value, tally, links)),
            _named(
                columns, _figures(facet, value, before.get(value, Tally()), earlier), before=True
            )
            if found.before
            else (),
        )
        for value, tally in _both(found.now, before, facet).items()
    ]
    return Table(heading, columns, lines)


def _prevention(found: Statistics, links: Links, earlier: Links) -> Table:
    columns = (_("How many"),)
    work = [
        (_("Inspections made"), "inspections"),
        (_("Disputes found"), "found"),
        (_("Disputes prevented"), "prevented"),
    ]

    def figure(figures: Figures, key: str, url: str) -> list[Figure]:
        return [Figure(f"{getattr(figures.prevention, key):,}", url)]

    lines = [
        Line(
            name,
            _named(columns, figure(found.now, key, links.prevention())),
            _named(columns, figure(found.before, key, earlier.prevention()), before=True)
            if found.before
            else (),
        )
        for name, key in work
    ]
    return Table(_("Prevention"), columns, lines)


def _named(
    columns: Sequence[str], figures: Sequence[Figure], *, before: bool = False
) -> tuple[Figure, ...]:
    """Return figures with the names of their columns: small screens show a line as a card."""
    names = [_("%(column)s, before") % {"column": one} if before else one for one in columns]
    return tuple(replace(figure, label=name) for figure, name in zip(figures, names, strict=True))


def _both(now: Figures, before: Mapping[str, Tally], facet: str) -> dict[str, Tally]:
    """Return the values of a facet that either period has."""
    return {value: Tally() for value in before} | dict(now.facets[facet])


def _columns(facet: str) -> tuple[str, ...]:
    match facet:
        case Facet.FORM:
            return (_("Agreements"), _("Amount in yuan"))
        case Facet.AVERTED:
            return (_("Mediations"), _("Persons"))
    return (_("Mediations"), pgettext("mediations", "Resolved"), _("Rate of success"))


def _figures(facet: str, value: str, tally: Tally, links: Links) -> tuple[Figure, ...]:
    chosen = {"facet": facet, "value": value or NOTHING}
    count = Figure(f"{tally.mediations:,}", links(**chosen))
    match facet:
        case Facet.FORM:
            return (count, Figure(money(tally.amount), links(**chosen)))
        case Facet.AVERTED:
            return (count, Figure(f"{tally.averted_persons:,}", links(**chosen)))
    resolved = links(**chosen, resolved="1")
    return (count, Figure(f"{tally.resolved:,}", resolved), Figure(percent(tally), resolved))


def _changed(now: int, before: int) -> str:
    return _("before: %(count)s (%(change)s)") % {
        "count": f"{before:,}",
        "change": f"{now - before:+,}",
    }
