"""What a move does to the clocks of a case."""

from datetime import datetime

from linli.cases import lifecycle
from linli.cases.deadlines import Term, due_after, shifted, term, warn_before
from linli.cases.models import Case, Clock
from linli.kernel.working_days import local_date

_WAITING = (lifecycle.REGISTERED, lifecycle.ASSIGNED, lifecycle.RETURNED)


def turn(
    case: Case, effect: lifecycle.Clocks, at: datetime, *, level_changed: bool = False
) -> bool:
    """Start, stop, pause or resume the clocks; the case's ``warn_at``/``due_at`` follow.

    Called when the case has its new state, holder and level, before it is saved (foreign keys are
    checked at the commit). Returns False where nothing changed.
    """
    if effect == "keep":
        return False
    running = running_clocks(case)
    match effect:
        case "register":
            stop(running, at)
            _start_all(case, running, at)
        case "arrive":
            _time_acceptance(case, running, at)
            # A level's clock runs on while the case stays on the level.
            if level_changed or "level" not in running:
                stop(running, at, "level")
                start(case, running, "level", case.level, at)
        case "accept":
            stop(running, at, "accept")
        case "pause":
            for clock in running.values():
                clock.paused_at, clock.fires_at = at, None
                clock.save(update_fields=["paused_at", "fires_at"])
        case "resume":
            for clock in running.values():
                _resume(clock, at)
        case "resolve":
            stop(running, at)
            start(case, running, "follow_up", case.kind, at)
        case "stop":
            stop(running, at)
    Clock.objects.bulk_create([clock for clock in running.values() if clock._state.adding])
    follow(case, running)
    return True


def first_clocks(case: Case, at: datetime) -> list[Clock]:
    """Return the clocks a new case starts with, unsaved; its ``warn_at``/``due_at`` follow."""
    running: dict[str, Clock] = {}
    _start_all(case, running, at)
    follow(case, running)
    return list(running.values())


def running_clocks(case: Case) -> dict[str, Clock]:
    """Return the clocks that have not been stopped, by kind."""
    return {clock.kind: clock for clock in Clock.objects.filter(case=case, stopped_at=None)}


def follow(case: Case, running: dict[str, Clock]) -> None:
    """Set the case's ``warn_at`` and ``due_at`` to the earliest of the clocks that go."""
    going = [clock for clock in running.values() if clock.paused_at is None]
    case.warn_at = min((clock.warn_at for clock in going), default=None)
    case.due_at = min((clock.due_at for clock in going), default=None)


def start(case: Case, running: dict[str, Clock], kind: str, key: str, at: datetime) -> None:
    """Start a clock by the rule that holds today; where there is no rule nothing is timed."""
    length = term(case.area_id, local_date(at), kind, key)
    if length is not None:
        start_for(case, running, kind, length, at)


def start_for(case: Case, running: dict[str, Clock], kind: str, length: Term, at: datetime) -> None:
    """Start a clock of a given length; the caller saves the new ones together."""
    due = due_after(at, length)
    warn = warn_before(at, due, length)
    clock = Clock(
        case=case, kind=kind, amount=length.amount, unit=length.unit, started_at=at,
        warn_at=warn, due_at=due, fires_at=warn,
    )  # fmt: skip
    running[kind] = clock


def stop(running: dict[str, Clock], at: datetime, *kinds: str) -> None:
    """Stop the named clocks, or all."""
    for kind in kinds or tuple(running):
        clock = running.pop(kind, None)
        if clock is not None:
            clock.stopped_at, clock.fires_at = at, None
            clock.save(update_fields=["stopped_at", "fires_at"])


def _start_all(case: Case, running: dict[str, Clock], at: datetime) -> None:
    start(case, running, "difficulty", case.difficulty, at)
    start(case, running, "level", case.level, at)
    _time_acceptance(case, running, at)


def _time_acceptance(case: Case, running: dict[str, Clock], at: datetime) -> None:
    stop(running, at, "accept")
    if case.state in _WAITING:
        start(case, running, "accept", case.urgency, at)


def _resume(clock: Clock, at: datetime) -> None:
    if clock.paused_at is None:
        return
    clock.due_at = shifted(clock.due_at, clock.paused_at, at, clock.unit)
    clock.warn_at = shifted(clock.warn_at, clock.paused_at, at, clock.unit)
    clock.paused_at = None
    clock.fires_at = next_fire(clock)
    clock.save(update_fields=["due_at", "warn_at", "paused_at", "fires_at"])


def next_fire(clock: Clock) -> datetime | None:
    """Return when a clock acts next: at the warning, at the end, one working day after it."""
    match clock.step:
        case 0:
            return clock.warn_at
        case 1:
            return clock.due_at
        case 2:
            return due_after(clock.due_at, Term(1, "working_days"))
    return None


def retime(case: Case, before: dict[str, str], at: datetime) -> bool:
    """Let running clocks follow a new difficulty or urgency, from when they were started."""
    keys = {"difficulty": case.difficulty, "accept": case.urgency}
    old = {"difficulty": before["difficulty"], "accept": before["urgency"]}
    moved = [kind for kind in keys if keys[kind] != old[kind]]
    running = running_clocks(case) if moved else {}
    for kind in moved:
        clock = running.get(kind)
        length = term(case.area_id, local_date(at), kind, keys[kind])
        if clock is None or length is None or clock.paused_at is not None:
            continue
        clock.amount, clock.unit = length.amount, length.unit
        clock.due_at = due_after(clock.started_at, length)
        clock.warn_at = warn_before(clock.started_at, clock.due_at, length)
        clock.step, clock.fires_at = 0, clock.warn_at
        clock.save()
    if running:
        follow(case, running)
    return bool(running)


def lengthen(case: Case, days: int) -> None:
    """Give the level's and the whole's clock ``days`` working days more."""
    running = running_clocks(case)
    for kind in ("level", "difficulty"):
        clock = running.get(kind)
        if clock is None:
            continue
        more = Term(days, "working_days")
        clock.due_at = due_after(clock.due_at, more)
        clock.warn_at = warn_before(clock.started_at, clock.due_at, more)
        clock.step, clock.fires_at = 0, None if clock.paused_at else clock.warn_at
        clock.save()
    follow(case, running)


def end_follow_up(case: Case, at: datetime) -> None:
    """Stop the clock of the follow-up."""
    running = running_clocks(case)
    stop(running, at, "follow_up")
    follow(case, running)
