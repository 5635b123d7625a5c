"""When a clock is due: the city's policy table, and sums over working days. Writes nothing."""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from django.utils import timezone

from linli.cases.models import DeadlineRule
from linli.kernel.working_days import (
    add_calendar_days,
    add_working_days,
    end_of_day,
    local_date,
    working_days_between,
)

# A period measured in days ends when the office closes (Civil Code art. 203, para. 2).
OFFICE_CLOSES = clock_time(18, 0)
_CACHE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Term:
    """How long: ``amount`` of ``unit`` (``working_days``, ``calendar_days`` or ``minutes``)."""

    amount: int
    unit: str


class _Policy:
    """The whole table in the process; rules change by the day, so seconds of age do no harm."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.rules: list[tuple[str, date, str, str, Term]] = []

    def get(self) -> list[tuple[str, date, str, str, Term]]:
        if time.monotonic() - self.read_at > _CACHE_SECONDS:
            rows = DeadlineRule.objects.values_list(
                "area", "effective_from", "clock", "key", "amount", "unit"
            )
            self.rules = [
                (area, since, clock, key, Term(amount, unit))
                for area, since, clock, key, amount, unit in rows
            ]
            self.read_at = time.monotonic()
        return self.rules


_policy = _Policy()


def forget_policy() -> None:
    """Read the policy table afresh at the next question."""
    _policy.read_at = float("-inf")


def term(area: str, on: date, clock: str, key: str) -> Term | None:
    """Return the term that holds in ``area`` on a day, or None where nothing is timed."""
    best: tuple[int, date, Term] | None = None
    for where, since, timed, which, found in _policy.get():
        if timed != clock or which != key or since > on or not area.startswith(where):
            continue
        if best is None or (len(where), since) > best[:2]:
            best = (len(where), since, found)
    return best[2] if best else None


def due_after(start: datetime, length: Term) -> datetime:
    """Return the moment a term that began at ``start`` ends."""
    if length.unit == "minutes":
        return start + timedelta(minutes=length.amount)
    first = local_date(start)
    if length.unit == "calendar_days":
        return end_of_day(add_calendar_days(first, length.amount), OFFICE_CLOSES)
    return end_of_day(add_working_days(first, length.amount), OFFICE_CLOSES)


def warn_before(start: datetime, due: datetime, length: Term) -> datetime:
    """Return when a clock turns yellow: in the last fifth of its term, at least half a day before.

    Clocks of minutes warn at the last third.
    """
    if length.unit == "minutes":
        return due - (due - start) / 3
    margin = max((due - start) / 5, timedelta(hours=4))
    return max(start, due - margin)


def shifted(due: datetime, paused: datetime, resumed: datetime, unit: str) -> datetime:
    """Return the new end of a term that stood still from ``paused`` to ``resumed``.

    Minutes move by the time that passed. Days keep as many (working) days as were left, counted
    from the day work goes on, and the hour at which they end.
    """
    if unit == "minutes" or due <= paused:
        return due + (resumed - paused)
    zone = timezone.get_default_timezone()
    last, stopped, again = (local_date(moment) for moment in (due, paused, resumed))
    hour = due.astimezone(zone).timetz()
    if unit == "calendar_days":
        return datetime.combine(add_calendar_days(again, (last - stopped).days), hour)
    left = working_days_between(stopped, last)
    return datetime.combine(add_working_days(again, left), hour)
