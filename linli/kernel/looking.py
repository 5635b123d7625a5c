"""Work that is looked for every few seconds: one statement asks for all of it.

A job that finds nothing to do still costs a dozen statements: to be written, fetched, begun and
ended. So a task says as a condition in SQL when there is something for it, and the worker asks all
conditions at once and writes only the jobs that have something to do. Every task is also run by the
minute whatever its condition says: what a condition should leave out is late, and not lost.
"""

from collections.abc import Callable
from typing import Any

from procrastinate.tasks import Task

# How many seconds lie between two looks.
SECONDS = 5

type Look = tuple[Task[Any, Any, Any], str]
LOOKS: dict[str, Look] = {}


def when[T: Task[Any, Any, Any]](condition: str) -> Callable[[T], T]:
    """Have a task with a queueing lock run soon after ``condition``, an SQL expression, is true.

    It is asked as the database's owner, every :data:`SECONDS`, and must cost next to nothing.
    """

    def wrap(task: T) -> T:
        LOOKS[task.name] = (task, condition)
        return task

    return wrap


def statement() -> str:
    """Return what asks all conditions at once: one column a task, under the task's number."""
    columns = [
        f'({condition}) AS "{number}"' for number, (_task, condition) in enumerate(LOOKS.values())
    ]
    return f"SELECT {', '.join(columns)}"


def with_work(answer: dict[str, Any]) -> list[Task[Any, Any, Any]]:
    """Return the tasks that have something to do, from the row that :func:`statement` gave."""
    return [task for number, (task, _sql) in enumerate(LOOKS.values()) if answer[str(number)]]
