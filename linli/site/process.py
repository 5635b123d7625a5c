"""Processes that must not outlive the one that started them, and how they use memory."""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PR_SET_PDEATHSIG = 1


def stop_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Return what a child calls before exec, so that it gets signal ``number`` when we die."""
    parent = os.getpid()
    ask = _asker(number)

    def arrange() -> None:
        ask()
        if os.getppid() != parent:  # we died before the child asked
            os.kill(os.getpid(), signal.SIGKILL)

    return arrange


def end_with_parent() -> None:
    """Have the kernel end this process when its parent dies, kill -9 included (Linux only)."""
    _asker(signal.SIGTERM)()


def _asker(number: signal.Signals) -> Callable[[], None]:
    if sys.platform != "linux":
        return lambda: None
    library = ctypes.CDLL(None)  # loaded now: nothing may be loaded between fork and exec
    return lambda: library.prctl(PR_SET_PDEATHSIG, int(number)) and None


def settle() -> None:
    """Leave what is loaded by now to this process for good.

    The garbage collector would otherwise go through all of the application's code and tables at
    every large collection: a tenth of a second that some request waits.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Collect garbage a hundred times more seldom than usual, for work that leaves much of it.

    Django builds every model anew at every step of the migrations: looking through them all each
    time takes a fifth of the work, for some hundred megabytes.
    """
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
