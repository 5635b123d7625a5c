"""The clocks of an incident against its targets: how long each took, or has taken so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.dispatch.models import Incident

GREEN, YELLOW, RED = "green", "yellow", "red"
# From this share of the time on a running clock is yellow.
NEAR = 0.7


@dataclass(frozen=True, slots=True)
class Clocked:
    """One clock: from when to when, and within how many seconds (None: nothing was promised).

    ``ended`` is None while it runs; ``over`` says that it does not run: nobody goes, or not yet.
    """

    name: str | Promise
    began: datetime
    ended: datetime | None
    target: int | None
    over: bool = False

    @property
    def due_at(self) -> datetime | None:
        """When it runs up."""
        return None if self.target is None else self.began + timedelta(seconds=self.target)

    @property
    def is_running(self) -> bool:
        """Say whether it still runs."""
        return self.ended is None and not self.over

    @property
    def took(self) -> int | None:
        """Whole seconds it took; None while it runs."""
        return None if self.ended is None else round((self.ended - self.began).total_seconds())

    @property
    def kept(self) -> bool | None:
        """Say whether it ended in time; None while it runs or without a target."""
        if self.target is None or self.ended is None:
            return None
        return (self.ended - self.began).total_seconds() <= self.target

    def light(self, at: datetime) -> str:
        """Return its colour now; none where nothing was promised."""
        if self.target is None or (self.over and self.ended is None):
            return ""
        if self.ended is not None:
            return GREEN if self.kept else RED
        used = (at - self.began).total_seconds() / self.target
        return RED if used > 1 else YELLOW if used >= NEAR else "blue"


def clocks_of(incident: Incident) -> list[Clocked]:
    """Return the clocks of the whole incident: answered, sent, there, closed."""
    closed = incident.closed_at
    sent = incident.dispatched_at
    return [
        Clocked(_("Answered"), incident.received_at, incident.answered_at, incident.answer_target),
        Clocked(
            _("First unit sent"), incident.answered_at, incident.processed_at,
            incident.process_target,
        ),
        Clocked(
            _("First unit there"), sent or incident.answered_at, incident.arrived_at,
            incident.arrive_target, over=closed is not None or sent is None,
        ),
        Clocked(_("From call to close"), incident.received_at, closed, None),
    ]  # fmt: skip


def most_pressing(clocks: Sequence[Clocked]) -> Clocked | None:
    """Return the running clock with a target that runs up first."""
    running = [clock for clock in clocks if clock.is_running and clock.due_at is not None]
    return min(running, key=lambda clock: clock.due_at or clock.began, default=None)


def spell(seconds: int | None) -> str:
    """Return a length of time as it is read at a glance: ``0:09``, ``12:30``, ``1:02:05``."""
    if seconds is None:
        return "—"
    hours, rest = divmod(max(0, seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
