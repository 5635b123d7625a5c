"""What the audit log says that a listener has not read yet."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry of the log."""

    event: str
    object_id: str
    actor: UUID | None
    at: datetime
    facts: Mapping[str, Any]


_ENTRIES = """
SELECT e.event, e.object_id, e.actor, e.at, e.facts::text
FROM unnest(%s::smallint[], %s::bigint[], %s::bigint[]) AS w (chain, low, high)
JOIN audit_entry e ON e.chain = w.chain AND e.sequence > w.low AND e.sequence <= w.high
WHERE e.event = ANY (%s) AND e.at >= %s
ORDER BY e.at, e.id
"""
_LATEST = """
SELECT event, object_id, actor, at, facts::text FROM audit_entry
WHERE event = ANY (%s) AND at >= %s ORDER BY at, id
"""


def entries(
    windows: Sequence[tuple[int, int, int]], events: Sequence[str], since: datetime
) -> list[Heard]:
    """Return the entries of ``events`` in windows (chain, after, up to), none older than ``since``."""
    if not windows:
        return []
    columns = [list(column) for column in zip(*windows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [*columns, list(events), since])
        return _heard(cursor.fetchall())


def latest(events: Sequence[str], since: datetime) -> list[Heard]:
    """Return the entries of ``events`` since a moment, whoever has read them."""
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [list(events), since])
        return _heard(cursor.fetchall())


def _heard(rows: Iterable[tuple[str, str, UUID | None, datetime, str]]) -> list[Heard]:
    return [Heard(event, pk, actor, at, json.loads(facts)) for event, pk, actor, at, facts in rows]
