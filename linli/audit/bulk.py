"""Appending many entries at once, for imports: same hashes, one lock, one COPY."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BulkEntry:
    """One entry to append; the fields are those of :func:`linli.audit.record.record`."""

    object_type: str
    object_id: UUID | str
    event: str
    actor: UUID | None
    at: datetime
    facts: Mapping[str, Any]


def entry_hash(previous: bytes, chain: int, sequence: int, entry: BulkEntry, facts: str) -> bytes:
    """Return the hash the database function ``audit_hash`` would give."""
    parts = (
        str(chain),
        str(sequence),
        str((entry.at - _EPOCH) // timedelta(microseconds=1)),
        str(entry.actor) if entry.actor else "-",
        entry.event,
        entry.object_type,
        str(entry.object_id),
        facts,
    )
    return hashlib.sha256(previous + "\x1f".join(parts).encode()).digest()


def own_chain() -> int:
    """Return the chain on which everything of this transaction goes (see :mod:`record`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (pg_current_xact_id()::text::numeric % 64)::int")
        return int(cursor.fetchone()[0])


def append_all(entries: Iterable[BulkEntry], chain: int = 0) -> int:
    """Append entries in their order to one chain, as owner; reactions are not set off.

    Beside people at work ``chain`` is :func:`own_chain`. Returns how many were appended.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequence, hash FROM audit_chain WHERE chain = %s FOR UPDATE", [chain]
        )
        sequence, last = cursor.fetchone()
        first, last = sequence, bytes(last)
        with cursor.copy(
            "COPY audit_entry (chain, sequence, at, actor, event, object_type, object_id, facts,"
            " previous, hash) FROM STDIN"
        ) as copy:
            for entry in entries:
                sequence += 1
                facts = json.dumps(entry.facts, ensure_ascii=False, sort_keys=True, default=str)
                current = entry_hash(last, chain, sequence, entry, facts)
                copy.write_row(
                    (chain, sequence, entry.at, entry.actor, entry.event, entry.object_type,
                     str(entry.object_id), facts, last, current)
                )  # fmt: skip
                last = current
        cursor.execute(
            "UPDATE audit_chain SET sequence = %s, hash = %s WHERE chain = %s",
            [sequence, last, chain],
        )
    return int(sequence - first)
