"""What a message says: ids, codes and dates. Never personal data, never free text, never who did it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# Facts of an audit entry that may leave the house. Staff and hashes of texts stay in.
FACTS = frozenset(
    {
        "area", "attachment", "attendance", "channel", "clock", "days", "destination", "from_unit",
        "helper", "into", "kind", "level", "moved_to", "other", "recurred", "returns", "rule",
        "satisfaction", "state", "successor", "to_unit", "unit", "urgency", "way",
    }
)  # fmt: skip
_CODE = re.compile(r"[\w.:+-]{1,64}", re.ASCII)
# Events that never leave, whatever the pattern: a tip leaves no trace.
SECRET = ("tip.",)


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry of the audit log as it is read; ``kind`` and ``key`` say what it is about."""

    id: int
    chain: int
    sequence: int
    at: datetime
    event: str
    kind: str
    key: str
    facts: dict[str, Any]


def matches(event: str, patterns: list[str]) -> bool:
    """Say whether an event is meant by one of the patterns (``*``, ``case.*``, ``case.resolve``)."""
    if event.startswith(SECRET):
        return False
    return any(pattern in {"*", event, f"{event.partition('.')[0]}.*"} for pattern in patterns)


def body_of(one: Heard, area: str, more: Mapping[str, Any]) -> str:
    """Return the message of one audit entry; ``more`` is what is known about the object by now."""
    told = {name: value for name, value in one.facts.items() if name in FACTS and _is_code(value)}
    data = {"object": one.kind, "id": one.key, "area": area or None, **more, "facts": told}
    return _written(one.event, one.at, data)


def test_body(at: datetime) -> str:
    """Return a message that says nothing but that the way is open."""
    return _written("webhook.test", at, {"object": "webhook", "id": None, "area": None})


def _written(event: str, at: datetime, data: Mapping[str, Any]) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    message = {"type": event, "timestamp": moment, "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _is_code(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_CODE.fullmatch(value))
    return value is None or isinstance(value, bool | int | float)
