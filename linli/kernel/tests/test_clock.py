"""The loop of clocks: one statement for all, asleep until the next is due, no fault silences others."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from linli.kernel import clock
from linli.kernel.clock import Clock, keep, next_moments
from linli.site.clocks import clocks

SECOND = timedelta(seconds=1)


class Stop(threading.Event):
    """Ends the loop after so many rounds, and remembers how long each slept."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.left = rounds
        self.slept: list[float] = []

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0

    def wait(self, timeout: float | None = None) -> bool:
        self.slept.append(round(timeout or 0.0, 1))
        return False


class Bell:
    """A clock that has ``waiting`` batches to ring, or a fault."""

    def __init__(self, waiting: int = 0, fault: Exception | None = None) -> None:
        self.waiting, self.fault, self.rung = waiting, fault, 0

    def fire(self, *, at: Any) -> int:
        if self.fault:
            raise self.fault
        if not self.waiting:
            return 0
        self.waiting -= 1
        self.rung += 1
        return 1


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.connection, "close", lambda: None)


def rounds(monkeypatch: pytest.MonkeyPatch, answers: list[Any], *bells: Bell) -> list[float]:
    """Keep the bells for as many rounds as there are answers, each a list of seconds from now."""

    def moments(_clocks: Any) -> list[Any]:
        found = answers.pop(0)
        if isinstance(found, Exception):
            raise found
        now = timezone.now()
        return [None if one is None else now + one * SECOND for one in found]

    monkeypatch.setattr(clock, "next_moments", moments)
    stop = Stop(len(answers))
    keep([Clock(f"bell {number}", bell.fire, "") for number, bell in enumerate(bells)], stop)
    return stop.slept


def test_it_sleeps_until_the_nearest_and_never_longer_than_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bells = Bell(), Bell()
    answers = [[0.4, None], [None, None], [60, 0.7], [-1, 0.9]]
    assert rounds(monkeypatch, answers, *bells) == [0.4, clock.LONGEST, 0.7, clock.HELD]


def test_who_rang_is_asked_again_at_once_and_others_stay_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    due, other = Bell(waiting=3), Bell(waiting=1)
    assert rounds(monkeypatch, [[-1, 5], [None, 5]], due, other) == [clock.LONGEST]
    assert (due.rung, other.rung) == (3, 0)


def test_a_failing_clock_silences_no_other_and_a_lost_database_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, good = Bell(fault=ValueError("a fault of ours")), Bell(waiting=2)
    answers = [[-1, -1], OperationalError("gone"), [-1, None], [None, None]]
    slept = rounds(monkeypatch, answers, bad, good)
    assert good.rung == 2
    assert slept == [clock.PAUSE, clock.PAUSE, clock.LONGEST]


@pytest.mark.django_db
def test_one_statement_asks_all_there_are(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        moments = next_moments(clocks())
    assert list(moments) == [None] * len(clocks())
    assert next_moments([]) == []
