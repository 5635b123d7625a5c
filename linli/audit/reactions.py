"""What follows an event: handlers named in one table, run inline or by the worker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import batched
from typing import Any, Literal

from django.conf import settings
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app as queue


@dataclass(frozen=True, slots=True)
class Reaction:
    """One handler of an event, named by its dotted path.

    An ``inline`` handler runs in the event's own transaction and may refuse. A ``queued`` one is a
    task whose job is written in that transaction and runs ``after`` it has committed. A ``gathered``
    one costs the event nothing: every few seconds its task gets the ``object_ids`` of all that
    happened since, as the log says; ``imported`` names the task for those that came by an import.
    """

    handler: str
    mode: Literal["inline", "queued", "gathered"]
    after: timedelta | None = None
    imported: str = ""


# So many objects a job: one that fails takes no more with it.
_A_JOB = 200
# The fact of an entry that an import wrote.
_IMPORT = "import"


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
            elif reaction.mode == "queued":
                arguments = [{"object_id": object_id} for object_id, _facts in heard]
                _job(reaction.handler, reaction.after).batch_defer(*arguments)


def react(event: str, object_id: str, facts: Mapping[str, Any]) -> None:
    """Run or enqueue the handlers of ``event``; gathered ones hear of it later."""
    for reaction in _table().get(event, ()):
        if reaction.mode == "inline":
            import_string(reaction.handler)(object_id=object_id, facts=facts)
        elif reaction.mode == "queued":
            _job(reaction.handler, reaction.after).defer(object_id=object_id)


def gathered_events() -> list[str]:
    """Return the events that have a gathered handler."""
    return [
        event
        for event, reactions in _table().items()
        if any(reaction.mode == "gathered" for reaction in reactions)
    ]


def enqueue_gathered(events: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Write the jobs of the gathered handlers for entries of the log: word, object, facts."""
    found: dict[tuple[str, timedelta | None], dict[str, None]] = {}
    for event, object_id, facts in events:
        for reaction in _table().get(event, ()):
            if reaction.mode == "gathered":
                by_import = reaction.imported if facts.get(_IMPORT) else ""
                task = by_import or reaction.handler
                found.setdefault((task, reaction.after), {})[object_id] = None
    for (task, after), objects in found.items():
        arguments = [{"object_ids": list(some)} for some in batched(objects, _A_JOB)]
        _job(task, after).batch_defer(*arguments)


def _job(task: str, after: timedelta | None) -> Any:
    if after is None:
        return queue.configure_task(task)
    return queue.configure_task(task, schedule_in={"seconds": int(after.total_seconds())})
