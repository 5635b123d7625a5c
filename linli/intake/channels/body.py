"""A JSON object as one row of a table: each path to a value is a heading."""

from collections.abc import Iterator
from typing import Any

import orjson

MOST_BYTES = 256 * 1024
MOST_VALUES, DEEPEST, LONGEST_PATH = 300, 8, 200


class Unusable(Exception):
    """The body is no object of a bearable size; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def flat(body: bytes) -> dict[str, str]:
    """Return path → text, such as ``person.phones[0]`` → ``139…``; raises :class:`Unusable`."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unusable("not_json") from None
    if not isinstance(told, dict):
        raise Unusable("no_object")
    found: dict[str, str] = {}
    for path, text in _values(told, "", 0):
        found[path] = text
        if len(found) > MOST_VALUES:
            raise Unusable("too_many")
    return found


def _values(told: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST or len(path) > LONGEST_PATH:
        raise Unusable("too_deep")
    if isinstance(told, dict):
        for name, value in told.items():
            yield from _values(value, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(told, list):
        for place, value in enumerate(told):
            yield from _values(value, f"{path}[{place}]", depth + 1)
    elif told is not None:
        yield path, _text(told)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value).replace("\0", "").strip()
