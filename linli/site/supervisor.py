"""Keeping a set of processes alive, in order, and ending them in the reverse order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from linli.site.process import stop_with_parent

STEP = 0.2
LONGEST_PAUSE = 30.0
GRACE = 10.0


@dataclass
class Child:
    """One process to keep alive: its command, what to add to the environment, and its state."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    on_hangup: signal.Signals = signal.SIGHUP
    process: subprocess.Popen[bytes] | None = None
    began: float = 0
    pause: float = 0.5
    due: float = 0

    def start(self) -> None:
        """Start the process in a group of its own, so that a Ctrl-C reaches only the supervisor."""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment, "LINLI_SUPERVISED": "1"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=stop_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads here
        )

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process itself, which passes it on as it sees fit."""
        if self.process is not None:
            self.process.send_signal(number)

    def stop(self) -> None:
        """Ask the process to end, wait, and end its whole group if it does not."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        self._sweep()

    def tend(self, say: Callable[[str], None]) -> None:
        """Start the process again if it has died, later each time it dies young."""
        if self.process is not None:
            if (status := self.process.poll()) is None:
                return
            self._sweep()
            lived = time.monotonic() - self.began
            self.pause = 0.5 if lived > 2 * LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
            self.due = time.monotonic() + self.pause
            self.process = None
            say(f"{self.name} ended (status {status}); starting it again in {self.pause:.0f} s")
        if time.monotonic() >= self.due:
            self.start()

    def _sweep(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(
    children: Sequence[Child],
    *,
    say: Callable[[str], None],
    each_round: Callable[[], None],
    stop_on_hangup: bool,
) -> None:
    """Run until SIGTERM or SIGINT, then stop the children first to last.

    A hang-up (SIGHUP) reaches each child as its ``on_hangup``, for a reload; from a terminal that
    closed it means stop.
    ``each_round`` is called several times a second.
    """
    received: list[signal.Signals] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda got, _: received.append(signal.Signals(got)))
    ending = {signal.SIGTERM, signal.SIGINT} | ({signal.SIGHUP} if stop_on_hangup else set())
    try:
        while not ending.intersection(received):
            if received:
                received.clear()
                for child in children:
                    child.send(child.on_hangup)
            each_round()
            for child in children:
                child.tend(say)
            time.sleep(STEP)
    finally:
        for child in children:
            say(f"stopping {child.name} …")
            child.stop()
