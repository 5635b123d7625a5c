"""Periods of registration: whole months for the roll-ups, and the days at their edges.

Days are those of the city's calendar. A period is half-open inside (``until`` is not in it) and
named by its first and last day outside.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

# Nothing was registered before, nothing will be after.
BEGINNING, END = date(1900, 1, 1), date(2200, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both in it; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    @property
    def since(self) -> date:
        """The first day in it."""
        return min(max(self.first or BEGINNING, BEGINNING), END)

    @property
    def until(self) -> date:
        """The first day after it."""
        return max(BEGINNING, self.last + _DAY) if self.last and self.last < END else END


@dataclass(frozen=True, slots=True)
class Piece:
    """Days counted from the cases themselves: added (``sign`` 1) or taken away (-1)."""

    since: date
    until: date
    sign: int

    @property
    def starts(self) -> datetime:
        """The moment it begins."""
        return _midnight(self.since)

    @property
    def ends(self) -> datetime:
        """The moment it is over."""
        return _midnight(self.until)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Whole months from ``since`` up to ``until`` (not in it), and the days that correct them."""

    since: date
    until: date
    edges: tuple[Piece, ...]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def month_of(day: date) -> date:
    """Return the first day of the month ``day`` lies in."""
    return day.replace(day=1)


def month_after(day: date, months: int = 1) -> date:
    """Return the first day of the month so many months after that of ``day`` (or before)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def split(period: Period, today: date) -> Pieces:
    """Divide a period so that as few days as possible are counted from the cases.

    A month that is mostly in the period is taken whole and its other days are taken away; days
    after today cost nothing, because nothing was registered on them yet.
    """
    since, until = period.since, max(period.since, period.until)
    low, high = month_of(since), _month_at_or_after(until)
    outside = [Piece(low, since, -1), Piece(until, high, -1)]
    low_in, high_in = _month_at_or_after(since), month_of(until)
    if low_in > high_in:
        inside = [Piece(since, until, 1)]
        if _cost(inside, today) <= _cost(outside, today):
            return Pieces(low_in, low_in, _kept(inside))
        return Pieces(low, high, _kept(outside))
    head, tail = Piece(since, low_in, 1), Piece(high_in, until, 1)
    edges = []
    if _cost([head], today) <= _cost(outside[:1], today):
        low = low_in
        edges.append(head)
    else:
        edges.append(outside[0])
    if _cost([tail], today) <= _cost(outside[1:], today):
        high = high_in
        edges.append(tail)
    else:
        edges.append(outside[1])
    return Pieces(low, high, _kept(edges))


def whole(period: Period) -> Pieces:
    """Return the period as days alone, for areas too small to have roll-ups."""
    until = max(period.since, period.until)
    return Pieces(BEGINNING, BEGINNING, _kept([Piece(period.since, until, 1)]))


def _month_at_or_after(day: date) -> date:
    return day if day.day == 1 else month_after(day)


def _kept(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.since < piece.until)


def _cost(pieces: list[Piece], today: date) -> int:
    tomorrow = today + _DAY
    return sum(max(0, (min(piece.until, tomorrow) - piece.since).days) for piece in pieces)


def period_before(period: Period) -> Period | None:
    """Return the period to compare with: the same days a year earlier, None without both ends.

    A period longer than a year is compared with as many days right before it.
    """
    if period.first is None or period.last is None:
        return None
    first, last = period.since, period.until - _DAY
    if (last - first).days >= 366:
        return Period(first - (last - first) - _DAY, first - _DAY)
    return Period(_year_earlier(first), _year_earlier(last))


def _year_earlier(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def right_before(period: Period) -> Period | None:
    """Return the period that ends where this one begins, None without both ends.

    Whole months are preceded by as many whole months, anything else by as many days.
    """
    if period.first is None or period.last is None:
        return None
    last = period.first - _DAY
    if period.first.day == 1 and period.until.day == 1:
        months = (period.until.year - period.first.year) * 12
        months += period.until.month - period.first.month
        return Period(month_after(period.first, -months), last)
    return Period(period.first - (period.last - period.first) - _DAY, last)
