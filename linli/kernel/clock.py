"""Clocks that must act within a second: a loop that sleeps until the next one is due.

Runs in a thread of the worker. One statement asks all clocks for their next moments, at least once a
second, so a clock that was set meanwhile is not missed; only a clock that is due runs anything more.
Which worker acts is decided by the database's row locks. What may come some seconds late is looked
for by :mod:`linli.kernel.looking` instead.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils import timezone

log = logging.getLogger(__name__)

# Seconds: the longest sleep, the pause after a fault, and before a clock somebody holds is asked again.
LONGEST, PAUSE, HELD = 1.0, 1.0, 0.1


@dataclass(frozen=True, slots=True)
class Clock:
    """``fire(at=now)`` lets a batch of what is due act and returns how many did.

    ``due`` is an SQL expression: the moment of the next one, or null. It is asked as the database's
    owner and must cost next to nothing.
    """

    name: str
    fire: Callable[..., int]
    due: str


def keep(clocks: Sequence[Clock], stop: threading.Event) -> None:
    """Let clocks act until ``stop`` is set. A database that goes away is waited for."""
    while not stop.is_set():
        try:
            moments = next_moments(clocks)
        except DatabaseError as error:
            log.warning("the clocks lost the database: %s", type(error).__name__)
            connection.close()
            pause = PAUSE
        else:
            pairs = zip(clocks, moments, strict=True)
            pause = min((_turn(clock, moment) for clock, moment in pairs), default=LONGEST)
        if pause:
            stop.wait(pause)
    connection.close()


def next_moments(clocks: Sequence[Clock]) -> Sequence[datetime | None]:
    """Return when each clock is due next, by one statement."""
    if not clocks:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({clock.due})' for clock in clocks)}")
        moments: Sequence[datetime | None] = cursor.fetchone()
    return moments


def _turn(clock: Clock, moment: datetime | None) -> float:
    """Let one clock act if it is due; return the seconds until all want to be asked again."""
    if moment is None:
        return LONGEST
    left = (moment - timezone.now()).total_seconds()
    if left > 0:
        return min(left, LONGEST)
    fired = False
    try:
        while clock.fire(at=timezone.now()):
            fired = True
    except Exception as error:
        # One clock's fault must not silence the others.
        log.exception("the clock of %s failed", clock.name)
        if isinstance(error, DatabaseError):
            connection.close()
        return PAUSE
    return 0.0 if fired else HELD
