"""Listen: hear from the audit log what happened since the last time, once and without a gap."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from linli.notices.queries.heard import Heard, entries

# Nobody wants to hear of older things: an import of years past tells nobody anything.
_STALE = timedelta(days=3)
_AT_ONCE = 5000

_NEWS = """
SELECT c.chain, coalesce(h.sequence, 0), least(c.sequence, coalesce(h.sequence, 0) + %s)
FROM audit_chain c LEFT JOIN notices_heard h ON h.listener = %s AND h.chain = c.chain
WHERE c.sequence > coalesce(h.sequence, 0)
ORDER BY c.chain
"""
_NOTED = """
INSERT INTO notices_heard (listener, chain, sequence)
SELECT %s, w.chain, w.high FROM unnest(%s::smallint[], %s::bigint[]) AS w (chain, high)
ON CONFLICT (listener, chain) DO UPDATE SET sequence = excluded.sequence
"""


def news_for(listener: str) -> str:
    """Return the SQL condition that a listener has not read the log to its end."""
    return (
        "EXISTS (SELECT FROM audit_chain c WHERE c.sequence > coalesce((SELECT h.sequence"  # noqa: S608
        f" FROM notices_heard h WHERE h.listener = '{listener}' AND h.chain = c.chain), 0))"
    )


@transaction.atomic
def listen(
    listener: str, events: Sequence[str], *, at: datetime, stale: timedelta = _STALE
) -> tuple[list[Heard], bool]:
    """Return what happened since ``listener`` last asked, and whether there may be more.

    What is older than ``stale`` is passed over.

    Called as owner, in the transaction that acts on what is heard: both are kept, or neither. Two
    calls at once wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"listen:{listener}"])
        cursor.execute(_NEWS, [_AT_ONCE, listener])
        windows = cursor.fetchall()
        if not windows:
            return [], False
        heard = entries(windows, events, at - stale)
        chains, highs = [w[0] for w in windows], [w[2] for w in windows]
        cursor.execute(_NOTED, [listener, chains, highs])
    return heard, any(high - low == _AT_ONCE for _chain, low, high in windows)


def catch_up(listener: str) -> None:
    """Pass over everything there is: a city that was just loaded has nothing to tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, sequence FROM audit_chain")
        heads = cursor.fetchall()
        cursor.execute(_NOTED, [listener, [h[0] for h in heads], [h[1] for h in heads]])
