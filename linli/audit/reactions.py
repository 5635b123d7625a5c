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
    task whose job is written in that transaction and runs ``after`` it has committed.
    """

    handler: str
    mode: Literal["inline", "queued"]
    after: timedelta | None = None


@cache
def _table() -> Mapping[str, Sequence[Reaction]]:
    table: Mapping[str, Sequence[Reaction]] = import_string(settings.LINLI_REACTIONS)
    return table


def react(event: str, object_id: str, facts: Mapping[str, Any]) -> None:
    """Run or enqueue the handlers of ``event``."""
    for reaction in _table().get(event, ()):
        if reaction.mode == "inline":
            import_string(reaction.handler)(object_id=object_id, facts=facts)
        elif reaction.after is None:
            queue.configure_task(reaction.handler).defer(object_id=object_id)
        else:
            after = {"seconds": int(reaction.after.total_seconds())}
            queue.configure_task(reaction.handler, schedule_in=after).defer(object_id=object_id)
