"""What follows an event: handlers named in one table, run inline or by the worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Literal

from django.conf import settings
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app as queue


@dataclass(frozen=True, slots=True)
class Reaction:
    """One handler of an event, named by its dotted path.

    An ``inline`` handler runs in the event's own transaction and may refuse; a ``queued`` one is a
    task whose job is written in that transaction and runs ``after`` it has committed. ``many`` names
    the task that takes the ``object_ids`` of a whole import at once; without it each gets a job.
    """

    handler: str
    mode: Literal["inline", "queued"]
    after: timedelta | None = None
    many: str = ""


@cache
def _table() -> Mapping[str, Sequence[Reaction]]:
    table: Mapping[str, Sequence[Reaction]] = import_string(settings.LINLI_REACTIONS)
    return table


def react_to_all(events: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Do for many events (word, object, facts) what :func:`react` does for each."""
    by_word: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for event, object_id, facts in events:
        by_word.setdefault(event, []).append((object_id, facts))
    for event, heard in by_word.items():
        for reaction in _table().get(event, ()):
            if reaction.mode == "inline":
                handler = import_string(reaction.handler)
                for object_id, facts in heard:
                    handler(object_id=object_id, facts=facts)
            elif reaction.many:
                _job(reaction.many, reaction.after).defer(object_ids=[one for one, _ in heard])
            else:
                arguments = [{"object_id": object_id} for object_id, _facts in heard]
                _job(reaction.handler, reaction.after).batch_defer(*arguments)


def react(event: str, object_id: str, facts: Mapping[str, Any]) -> None:
    """Run or enqueue the handlers of ``event``."""
    for reaction in _table().get(event, ()):
        if reaction.mode == "inline":
            import_string(reaction.handler)(object_id=object_id, facts=facts)
        else:
            _job(reaction.handler, reaction.after).defer(object_id=object_id)


def _job(task: str, after: timedelta | None) -> Any:
    if after is None:
        return queue.configure_task(task)
    return queue.configure_task(task, schedule_in={"seconds": int(after.total_seconds())})
