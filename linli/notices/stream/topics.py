"""Topics by name: who may listen to one, and with what it greets."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from linli.accounts.actor import Actor

type Greeting = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """One sort of topic, by the word before its colon.

    ``may_listen(actor, rest)`` says whether a person may; ``greeting(actor, rest)`` returns what a
    browser that comes without a past is told first. Both are dotted paths. Who listens to one of a
    ``nested`` sort, such as ``alarms:6203``, hears all whose names begin with it.
    """

    may_listen: str
    greeting: str = ""
    nested: bool = False


@cache
def _table() -> Mapping[str, Topic]:
    return cast("Mapping[str, Topic]", import_string(settings.LINLI_TOPICS))


def allowed(actor: Actor, name: str) -> bool:
    """Say whether the actor may listen to the topic ``name``; to an unknown one nobody may."""
    topic, rest = _split(name)
    if topic is None:
        return False
    asked: Callable[[Actor, str], bool] = import_string(topic.may_listen)
    return asked(actor, rest)


def greeting(actor: Actor, name: str) -> Greeting | None:
    """Return what a new listener is told first."""
    topic, rest = _split(name)
    if topic is None or not topic.greeting:
        return None
    asked: Callable[[Actor, str], Greeting] = import_string(topic.greeting)
    return asked(actor, rest)


def heard_by(name: str) -> list[str]:
    """Return the topics whose listeners hear an event of the topic ``name``."""
    topic, rest = _split(name)
    if topic is None or not topic.nested:
        return [name]
    word = name.removesuffix(rest)
    return [word + rest[:length] for length in range(1, len(rest) + 1)]


def nested(names: Collection[str]) -> list[str]:
    """Return those of ``names`` whose listeners also hear what is published below them."""
    topics = [(name, *_split(name)) for name in names]
    return [name for name, topic, rest in topics if topic is not None and topic.nested and rest]


def _split(name: str) -> tuple[Topic | None, str]:
    word, _, rest = name.partition(":")
    return _table().get(word), rest
