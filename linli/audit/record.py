"""Writing the audit log."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from linli.audit.bulk import BulkEntry
from linli.audit.reactions import react
from linli.kernel.together import insert_and_ask


def written(facts: Mapping[str, Any]) -> str:
    """Return the JSON text of an entry's facts: the form that is hashed."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def record(
    object_type: str,
    object_id: UUID | str,
    event: str,
    *,
    actor: UUID | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    rows: Sequence[Model] = (),
) -> int:
    """Append one entry inside the caller's transaction and set off the event's reactions.

    ``rows`` are what the event brought into being: they are inserted on the way, in their order.
    ``facts`` holds ids, codes, dates and salted hashes: never personal data, never free text.
    Take every row lock before recording: the entry's chain is locked until the commit.
    Returns the entry's id.
    """
    (entry,) = insert_and_ask(
        rows,
        "SELECT audit_append(%s, %s, %s, %s, %s, %s)",
        [actor, event, object_type, str(object_id), written(facts or {}), at],
    )
    react(event, str(object_id), facts or {})
    return int(entry)


def record_all(entries: Sequence[BulkEntry]) -> None:
    """Append many entries as :func:`record` would, in one statement."""
    columns = [
        (e.actor, e.event, e.object_type, str(e.object_id), written(e.facts), e.at) for e in entries
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(actor, event, kind, object, facts, at) FROM unnest(%s::uuid[],"
            " %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])"
            " AS e (actor, event, kind, object, facts, at)",
            [list(column) for column in zip(*columns, strict=True)],
        )
    for entry in entries:
        react(entry.event, str(entry.object_id), entry.facts)
