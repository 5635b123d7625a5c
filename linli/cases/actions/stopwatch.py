"""The clocks of many new cases that begin at one moment: each rule is asked once."""

from datetime import datetime

from linli.cases.actions.clockwork import follow
from linli.cases.deadlines import Term, due_after, term, warn_before
from linli.cases.models import Case, Clock
from linli.kernel.working_days import local_date

type Timing = tuple[Term, datetime, datetime]


class Stopwatch:
    """Starts and stops clocks in memory as :mod:`clockwork` does with rows; all at ``at``."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._day = local_date(at)
        self._timings: dict[tuple[str, str, str], Timing | None] = {}

    def start(self, case: Case) -> list[Clock]:
        """Return the clocks of a newly registered case, unsaved."""
        clocks: list[Clock] = []
        self._begin(case, clocks, "difficulty", case.difficulty)
        self._begin(case, clocks, "level", case.level)
        self._begin(case, clocks, "accept", case.urgency)
        _follow(case, clocks)
        return clocks

    def arrive(self, case: Case, clocks: list[Clock], *, level_changed: bool) -> None:
        """Let a case arrive at its new holder: stopped and new clocks are in ``clocks``."""
        self._stop(clocks, "accept")
        self._begin(case, clocks, "accept", case.urgency)
        timed = any(clock.kind == "level" and clock.stopped_at is None for clock in clocks)
        if level_changed or not timed:
            self._stop(clocks, "level")
            self._begin(case, clocks, "level", case.level)
        _follow(case, clocks)

    def _begin(self, case: Case, clocks: list[Clock], kind: str, key: str) -> None:
        timing = self._timing(case.area_id, kind, key)
        if timing is None:
            return
        length, warn, due = timing
        clocks.append(
            Clock(
                case_id=case.id,
                kind=kind,
                amount=length.amount,
                unit=length.unit,
                started_at=self.at,
                warn_at=warn,
                due_at=due,
                fires_at=warn,
            )
        )

    def _stop(self, clocks: list[Clock], kind: str) -> None:
        for clock in clocks:
            if clock.kind == kind and clock.stopped_at is None:
                clock.stopped_at, clock.fires_at = self.at, None

    def _timing(self, area: str, kind: str, key: str) -> Timing | None:
        asked = (area, kind, key)
        if asked not in self._timings:
            length = term(area, self._day, kind, key)
            if length is None:
                self._timings[asked] = None
            else:
                due = due_after(self.at, length)
                self._timings[asked] = (length, warn_before(self.at, due, length), due)
        return self._timings[asked]


def _follow(case: Case, clocks: list[Clock]) -> None:
    follow(case, {clock.kind: clock for clock in clocks if clock.stopped_at is None})
