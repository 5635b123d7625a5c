"""Working days: Chinese public holidays and make-up workdays, and sums over them.

Sources, first that knows a date: the city's own table (:class:`CalendarDay`), the package
``chinesecalendar`` (State Council notices of 2004-2026), else Saturdays, Sundays and the
public holidays whose dates the State Council's holiday regulation fixes in the Gregorian calendar.
The last is a guess for that year and is reported by :func:`unknown_years`.
"""

import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import lru_cache

import chinese_calendar
from django.utils import timezone

from linli.kernel.models import CalendarDay

# Regulation on public holidays (2024 revision), the days that need no lunar calendar.
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
_CACHE_SECONDS = 30.0


@lru_cache(maxsize=8192)
def _published(day: date) -> bool | None:
    """Say what the published calendar says of ``day``, None where it has no such year."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


class _Table:
    """The city's exceptions, read again every half minute: they change a few times a year."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.days: Mapping[date, bool] = {}

    def get(self) -> Mapping[date, bool]:
        if time.monotonic() - self.read_at > _CACHE_SECONDS:
            self.days = dict(CalendarDay.objects.values_list("date", "works"))
            self.read_at = time.monotonic()
        return self.days


_table = _Table()


def forget_table() -> None:
    """Read the city's table afresh at the next question."""
    _table.read_at = float("-inf")


def is_working_day(day: date) -> bool:
    """Say whether people work on ``day``."""
    own = _table.get().get(day)
    if own is not None:
        return own
    published = _published(day)
    if published is not None:
        return published
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def unknown_years(today: date) -> list[int]:
    """Return this year and the next where nobody has told us their holidays yet."""
    told = {day.year for day in _table.get()}
    return [
        year
        for year in (today.year, today.year + 1)
        if year not in told and _published(date(year, 1, 1)) is None
    ]


def add_working_days(start: date, days: int) -> date:
    """Return the last day of a period of ``days`` working days that began on ``start``.

    The day of the act itself is not counted (Civil Code art. 201); ``days`` ≥ 0.
    """
    day = start
    left = days
    while left > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            left -= 1
    return day


def add_calendar_days(start: date, days: int) -> date:
    """Return the last day of ``days`` calendar days; a holiday moves it on (art. 203)."""
    day = start + timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to and with ``end`` (0 if ``end`` ≤ ``start``)."""
    count = 0
    day = start
    while day < end:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count


def end_of_day(day: date, closing: clock_time) -> datetime:
    """Return the moment the office closes on ``day`` in the city's zone (art. 203, para. 2)."""
    return datetime.combine(day, closing, tzinfo=timezone.get_default_timezone())


def local_date(at: datetime) -> date:
    """Return the city's date at a moment."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
