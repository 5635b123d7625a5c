"""Topics by name: who may listen to one, and with what it greets."""

from collections.abc import Callable, Mapping
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
    browser that comes without a past is told first. Both are dotted paths.
    """

    may_listen: str
    greeting: str = ""


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


def _split(name: str) -> tuple[Topic | None, str]:
    word, _, rest = name.partition(":")
    return _table().get(word), rest
