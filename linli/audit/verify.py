"""Proof that nobody altered the log: every hash computed again, every link followed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from linli.audit.models import Verification

# Runs in the database: a million entries take seconds and nothing leaves the server.
_BROKEN = """
WITH linked AS (
  SELECT id, chain, sequence, hash, previous,
    lag(hash) OVER w AS before, lag(sequence) OVER w AS sequence_before,
    audit_hash(previous, chain, sequence, at, actor, event, object_type, object_id, facts::text)
      AS computed
  FROM audit_entry WINDOW w AS (PARTITION BY chain ORDER BY sequence)
)
SELECT id, chain, sequence FROM linked
WHERE hash <> computed
  OR previous <> coalesce(before, sha256(convert_to('linli audit chain ' || chain, 'UTF8')))
  OR sequence <> coalesce(sequence_before, 0) + 1
ORDER BY id LIMIT 1
"""

_CUT = """
SELECT c.chain, c.sequence FROM audit_chain c
LEFT JOIN LATERAL (
  SELECT sequence, hash FROM audit_entry e WHERE e.chain = c.chain ORDER BY sequence DESC LIMIT 1
) last ON true
WHERE c.sequence <> coalesce(last.sequence, 0)
  OR c.hash <> coalesce(last.hash, sha256(convert_to('linli audit chain ' || c.chain, 'UTF8')))
ORDER BY c.chain LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. ``first_broken`` names the entry, or the chain whose end is cut."""

    entries: int
    ok: bool
    first_broken: str | None


def verify() -> Verdict:
    """Recompute the whole log; meant for the owner role, which sees all of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        (entries,) = cursor.fetchone()
        cursor.execute(_BROKEN)
        if row := cursor.fetchone():
            return Verdict(entries, False, f"entry {row[0]} (chain {row[1]}, number {row[2]})")
        cursor.execute(_CUT)
        if row := cursor.fetchone():
            return Verdict(entries, False, f"chain {row[0]} (end does not match number {row[1]})")
    return Verdict(entries, True, None)


def verify_and_keep(at: datetime) -> Verdict:
    """Verify, and write down for the log's page when that was and what came of it."""
    verdict = verify()
    Verification.objects.create(
        at=at, entries=verdict.entries, ok=verdict.ok, first_broken=verdict.first_broken or ""
    )
    return verdict
