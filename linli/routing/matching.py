"""Whether a rule means a case: comparisons of plain values, nothing is read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

# The office is open from then until cases.deadlines.OFFICE_CLOSES, on working days.
OFFICE_OPENS = time(8, 30)


class Hours:
    """When a rule holds."""

    ANY = "any"
    OFFICE = "office"
    OUTSIDE = "outside"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a case must be; an empty set stands for everything.

    ``place`` is an area's code and means all below it. ``days``, ``weekdays`` (1 Monday to 7 Sunday),
    ``since`` and ``until`` hold where ``hours`` is ``own``; a span of time may pass midnight.
    """

    place: str
    kinds: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    urgencies: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    hours: str = Hours.ANY
    days: str = ""
    weekdays: frozenset[int] = frozenset()
    since: time | None = None
    until: time | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as rules ask for it: the city's day and time, and whether the office is open."""

    day: date
    time: time
    works: bool
    in_office: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """A case at a moment. ``category`` is its own and the one above it, or empty."""

    area: str
    kind: str
    category: frozenset[str]
    urgency: str
    channel: str
    moment: Moment


class Ruled(Protocol):
    """Anything that holds conditions."""

    @property
    def conditions(self) -> Conditions:
        """Return them."""


def moment_of(local: datetime, *, works: bool, closes: time) -> Moment:
    """Return the moment of a date and time in the city's zone."""
    clock = local.time()
    return Moment(local.date(), clock, works, works and OFFICE_OPENS <= clock < closes)


def suits(rule: Conditions, case: Occasion, *, category: bool = True) -> bool:
    """Say whether a rule means a case; ``category=False`` leaves the category open."""
    return (
        case.area.startswith(rule.place)
        and (not rule.kinds or case.kind in rule.kinds)
        and (not rule.urgencies or case.urgency in rule.urgencies)
        and (not rule.channels or case.channel in rule.channels)
        and (not category or not rule.categories or not rule.categories.isdisjoint(case.category))
        and (rule.starts is None or rule.starts <= case.moment.day)
        and (rule.ends is None or case.moment.day <= rule.ends)
        and (rule.hours == Hours.ANY or _in_time(rule, case.moment))
    )


def _in_time(rule: Conditions, at: Moment) -> bool:
    if rule.hours == Hours.OFFICE:
        return at.in_office
    if rule.hours == Hours.OUTSIDE:
        return not at.in_office
    if rule.days and (rule.days == "working") != at.works:
        return False
    if rule.weekdays and at.day.isoweekday() not in rule.weekdays:
        return False
    return in_span(at.time, rule.since, rule.until)


def in_span(clock: time, since: time | None, until: time | None) -> bool:
    """Say whether a time lies from ``since`` up to before ``until``; such a span may pass midnight.

    A side that is None is open.
    """
    if since is None or until is None:
        return (since is None or since <= clock) and (until is None or clock < until)
    if since <= until:
        return since <= clock < until
    return clock >= since or clock < until


def in_order[R: Ruled](
    sets: Mapping[str, Iterable[R]], case: Occasion, lines: Iterable[str], *, category: bool = True
) -> Iterator[R]:
    """Yield the rules that mean a case, in the order in which they are asked.

    ``sets`` are rules in order by the area they were written for; ``lines`` the areas that contain
    the case's, highest first. The nearest area's own rules come first, then those above it.
    """
    for code in reversed(list(lines)):
        for rule in sets.get(code, ()):
            if suits(rule.conditions, case, category=category):
                yield rule
