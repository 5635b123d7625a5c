"""Clocks that must act within a second: a loop that sleeps until the next one is due.

Runs in a thread of the worker. It asks for the next moment at least once a second, so a clock that
was set meanwhile is not missed; which worker acts is decided by the database's row locks.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils import timezone

log = logging.getLogger(__name__)

# Seconds: the longest sleep, and the pause after the database was away.
LONGEST, PAUSE = 1.0, 1.0


@dataclass(frozen=True, slots=True)
class Clock:
    """``fire(at=now)`` lets a batch of what is due act and returns how many did; ``next_due()`` says
    when the next one is, or None.
    """

    name: str
    fire: Callable[..., int]
    next_due: Callable[[], datetime | None]


def keep(clocks: Sequence[Clock], stop: threading.Event) -> None:
    """Let clocks act until ``stop`` is set. A database that goes away is waited for."""
    while not stop.is_set():
        try:
            pause = min((_round(clock) for clock in clocks), default=LONGEST)
        except DatabaseError as error:
            log.warning("the clocks lost the database: %s", type(error).__name__)
            connection.close()
            pause = PAUSE
        except Exception:
            # One clock's fault must not silence the others.
            log.exception("a clock failed")
            pause = PAUSE
        stop.wait(pause)
    connection.close()


def _round(clock: Clock) -> float:
    """Let one clock act on all that is due; return the seconds until it wants to be asked again."""
    while clock.fire(at=timezone.now()):
        pass
    due = clock.next_due()
    if due is None:
        return LONGEST
    return min(max((due - timezone.now()).total_seconds(), 0.0), LONGEST)
