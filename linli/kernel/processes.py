"""Work in processes of their own, each with its own connection, for what takes minutes of one core."""

import signal
from collections.abc import Callable, Generator, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

import django
from django.utils.module_loading import import_string


def in_processes(work: str, parts: Sequence[Any], processes: int) -> Generator[Any]:
    """Yield what the function named ``work`` returned for each of ``parts``, as they get done.

    Parts and answers are pickled; a part is a transaction of its own, or is safe to be repeated. One
    process means this one. Children end with ``close()``, and do not outlive the caller by more
    than a part. Raises RuntimeError when one ended early; what was wrong it wrote to stderr.
    """
    processes = min(processes, len(parts))
    if processes <= 1:
        yield from map(import_string(work), parts)
        return
    context = get_context("spawn")
    children: dict[Any, Any] = {}
    try:
        for first in range(processes):
            ours, theirs = context.Pipe(duplex=False)
            given = (work, parts[first::processes], _database(), theirs)
            child = context.Process(target=_child, args=given, daemon=True)
            child.start()
            theirs.close()
            children[ours] = child
        yield from _answers(children)
    finally:
        for child in children.values():
            child.terminate()
            child.join()


def _answers(children: Mapping[Any, Any]) -> Generator[Any]:
    waiting: set[Any] = set(children)
    while waiting:
        ready: list[Any] = wait(waiting)
        for pipe in ready:
            try:
                answer = pipe.recv()
            except EOFError:
                waiting.remove(pipe)
                children[pipe].join()
                if children[pipe].exitcode:
                    raise RuntimeError("a process ended before its work was done") from None
            else:
                yield answer


def _database() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def _child(work: str, parts: Sequence[Any], database: str, answers: "Connection[Any, Any]") -> None:
    """Work on some parts. Nothing of Django is ready when a process begins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller says when to end
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    function: Callable[[Any], Any] = import_string(work)
    try:
        for part in parts:
            answers.send(function(part))
    except BrokenPipeError:
        return  # nobody waits any more
