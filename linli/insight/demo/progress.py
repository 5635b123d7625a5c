"""Bars that say how far a long step is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

# Told a step's name and how much of it is done, 0 to 1.
type Say = Callable[[str, float], None]


@contextmanager
def bars(progress: Say | None) -> Iterator[Say]:
    """Yield what tells of the progress: the caller's, or a bar for every step."""
    if progress is not None:
        yield progress
        return
    columns = TextColumn("{task.description:<18}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def say(step: str, done: float) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(f"demo city: {step}", total=1.0)
            bars.update(tasks[step], completed=done)

        yield say
