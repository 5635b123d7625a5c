"""The clocks of the history: what ``cases.deadlines`` and ``cases.actions.clockwork`` do, on seconds.

Only what the demo needs, and quick: ten years of cases start a third of a million clocks.
"""

from dataclasses import dataclass
from datetime import date

from linli.cases.deadlines import Term, term
from linli.cases.models import DeadlineRule
from linli.insight.demo.moments import CLOSES, DAY, OFFSET, Calendar, day_at, moment

# What a clock that runs up does, in this order (cases.actions.fire).
STEPS = ("remind", "supervise", "alert")


@dataclass(slots=True)
class Timer:
    """One clock; the fields are those of ``cases.models.Clock``."""

    kind: str
    amount: int
    unit: str
    started: int
    warn: int
    due: int
    fires: int | None
    paused: int | None = None
    stopped: int | None = None
    step: int = 0


class Terms:
    """The deadline rules of a fresh installation, and sums over them."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        keys = DeadlineRule.objects.filter(area="").values_list("clock", "key").distinct()
        on = date(2013, 5, 1)
        self._terms = {(clock, key): term("", on, clock, key) for clock, key in keys}

    def of(self, clock: str, key: str) -> Term | None:
        """Return the length of a clock, or None where nothing is timed."""
        return self._terms.get((clock, key))

    def due(self, start: int, length: Term) -> int:
        """Return when a term that began at ``start`` ends."""
        if length.unit == "minutes":
            return start + length.amount * 60
        first = day_at(start)
        if length.unit == "calendar_days":
            last = self.calendar.on_or_after(first + length.amount)
        else:
            last = self.calendar.add(first, length.amount)
        return moment(last, CLOSES)

    def timer(self, kind: str, key: str, at: int) -> Timer | None:
        """Return a clock that starts at ``at``, or None where nothing is timed."""
        length = self._terms.get((kind, key))
        if length is None:
            return None
        due = self.due(at, length)
        warn = warning(at, due, length.unit)
        return Timer(kind, length.amount, length.unit, at, warn, due, warn)

    def next_fire(self, timer: Timer) -> int | None:
        """Return when a clock acts next."""
        match timer.step:
            case 0:
                return timer.warn
            case 1:
                return timer.due
            case 2:
                return self.due(timer.due, Term(1, "working_days"))
        return None

    def lengthen(self, timer: Timer, days: int) -> None:
        """Give a clock some working days more."""
        timer.due = self.due(timer.due, Term(days, "working_days"))
        timer.warn = warning(timer.started, timer.due, timer.unit)
        timer.step, timer.fires = 0, None if timer.paused else timer.warn

    def resume(self, timer: Timer, at: int) -> None:
        """Let a paused clock run on with the time it had left."""
        if timer.paused is None:
            return
        timer.due = self._shifted(timer.due, timer.paused, at, timer.unit)
        timer.warn = self._shifted(timer.warn, timer.paused, at, timer.unit)
        timer.paused = None
        timer.fires = self.next_fire(timer)

    def _shifted(self, due: int, paused: int, resumed: int, unit: str) -> int:
        if unit == "minutes" or due <= paused:
            return due + resumed - paused
        last, stopped, again = day_at(due), day_at(paused), day_at(resumed)
        second = (due + OFFSET) % DAY
        if unit == "calendar_days":
            return moment(self.calendar.on_or_after(again + last - stopped), second)
        left = self.calendar.between(stopped, last)
        return moment(self.calendar.add(again, left), second)


def warning(start: int, due: int, unit: str) -> int:
    """Return when a clock turns yellow."""
    if unit == "minutes":
        return due - (due - start) // 3
    return max(start, due - max((due - start) // 5, 4 * 3600))
