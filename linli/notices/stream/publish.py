"""Publish: tell everybody who listens to a topic, when the transaction commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Json

WAKE = "linli_stream"

# Many rows in one VALUES list: the web role inserts into no secured table by SELECT.
_INSERT = "INSERT INTO notices_streamevent (topic, kind, data, at) VALUES "


@dataclass(frozen=True, slots=True)
class Nudge:
    """One event: ``kind`` is what the browser listens for, ``data`` goes there as JSON.

    Everybody who may listen to ``topic`` reads ``data``: no personal data in it.
    """

    topic: str
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


def publish(topic: str, kind: str, data: Mapping[str, Any], *, at: datetime) -> None:
    """Publish one event."""
    publish_all([Nudge(topic, kind, data)], at=at)


def publish_all(nudges: Sequence[Nudge], *, at: datetime) -> None:
    """Publish many events; the stream is woken once."""
    with connection.cursor() as cursor:
        for some in (nudges[first : first + 500] for first in range(0, len(nudges), 500)):
            values: list[Any] = [
                value for one in some for value in (one.topic, one.kind, Json(dict(one.data)), at)
            ]
            cursor.execute(_INSERT + ", ".join(["(%s, %s, %s, %s)"] * len(some)), values)
        if nudges:
            cursor.execute("SELECT pg_notify(%s, '')", [WAKE])
