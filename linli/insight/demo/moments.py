"""Times of the demo as whole seconds since 1970, and office hours in the city's zone.

The history needs millions of sums over working days; here each is a look-up in an array made from
:func:`linli.kernel.working_days.is_working_day`. Days are numbered from 1970-01-01 in the zone.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from linli.kernel.working_days import is_working_day

# The zone of Jinchang has kept one offset since 1991.
OFFSET = 8 * 3600
DAY = 86_400
EPOCH = date(1970, 1, 1)
CLOSES = 18 * 3600
# Morning 8:30 to 12:00, afternoon 14:30 to 18:00, in seconds of the day.
OPENS, NOON, AFTERNOON = 8 * 3600 + 1800, 12 * 3600, 14 * 3600 + 1800
_MORNING = NOON - OPENS
WORKDAY = _MORNING + CLOSES - AFTERNOON
_FIRST = date(2012, 12, 1)


def number_of(day: date) -> int:
    """Return a date's day number."""
    return (day - EPOCH).days


def date_of(number: int) -> date:
    """Return the date of a day number."""
    return EPOCH + timedelta(days=number)


def day_at(at: int) -> int:
    """Return the day number of a moment, in the city's zone."""
    return (at + OFFSET) // DAY


def moment(day: int, second: int) -> int:
    """Return the moment at a second of a day in the city's zone."""
    return day * DAY + second - OFFSET


def stamp(at: int) -> datetime:
    """Return a moment as an aware datetime."""
    return datetime.fromtimestamp(at, UTC)


def id_at(at: int, random_bits: int) -> UUID:
    """Return the UUIDv7 (RFC 9562) of a moment; ``random_bits`` supplies 74 bits."""
    tail = random_bits & ((1 << 62) - 1)
    middle = (random_bits >> 62) & 0xFFF
    return UUID(int=(at * 1000 << 80) | (7 << 76) | (middle << 64) | (2 << 62) | tail)


def text_id_at(at: int, random_bits: int) -> str:
    """Return the text of :func:`id_at`, made without the object: rows need millions of them."""
    tail = random_bits & ((1 << 62) - 1)
    top, middle = at * 1000, (random_bits >> 62) & 0xFFF
    return (
        f"{top >> 16:08x}-{top & 0xFFFF:04x}-7{middle:03x}-"
        f"{0x8000 | tail >> 48:04x}-{tail & 0xFFFFFFFFFFFF:012x}"
    )


class Calendar:
    """Working days from December 2012 to a year after ``today``."""

    def __init__(self, today: date) -> None:
        self.first = number_of(_FIRST)
        last = number_of(today) + 366
        self.works = [is_working_day(date_of(n)) for n in range(self.first, last + 1)]
        self.days = [self.first + i for i, works in enumerate(self.works) if works]
        count, self.passed = 0, []
        for works in self.works:
            count += works
            self.passed.append(count)

    def works_on(self, day: int) -> bool:
        """Say whether people work on a day."""
        return self.works[day - self.first]

    def add(self, day: int, days: int) -> int:
        """Return the last day of ``days`` working days after ``day``."""
        return self.days[self.passed[day - self.first] + days - 1] if days else day

    def on_or_after(self, day: int) -> int:
        """Return the first working day from ``day`` on."""
        return self.days[bisect_left(self.days, day)]

    def on_or_before(self, day: int) -> int:
        """Return the last working day up to ``day``."""
        return self.days[self.passed[day - self.first] - 1]

    def between(self, day: int, end: int) -> int:
        """Count the working days after ``day`` up to and with ``end``."""
        return max(0, self.passed[end - self.first] - self.passed[day - self.first])

    def position(self, at: int) -> int:
        """Return how many seconds of office hours lie between the calendar's begin and ``at``."""
        day, second = divmod(at + OFFSET, DAY)
        whole = self.passed[day - self.first]
        return (whole - 1) * WORKDAY + _worked(second) if self.works_on(day) else whole * WORKDAY

    def moment_of(self, position: int) -> int:
        """Return the moment of a position; what lies on an edge belongs to the next morning."""
        days, rest = divmod(position, WORKDAY)
        second = OPENS + rest if rest < _MORNING else AFTERNOON + rest - _MORNING
        return moment(self.days[days], second)

    def later(self, at: int, seconds: int) -> int:
        """Return the moment when ``seconds`` of office hours have passed since ``at``."""
        return self.moment_of(self.position(at) + seconds)


def _worked(second: int) -> int:
    """Return how many seconds of a working day's office hours have passed at a second of the day."""
    if second <= NOON:
        return max(0, second - OPENS)
    return _MORNING + min(max(0, second - AFTERNOON), CLOSES - AFTERNOON)
