"""Thin: signals leave once no message they could be taken for is taken any more."""

from datetime import datetime, timedelta

from django.db import connection

from linli.alarms.proof import AHEAD, DAY, OLDEST

# A message is taken up to thirty days late, and its clock may run a day ahead: its number is kept for
# longer than both.
KEPT = timedelta(seconds=OLDEST + AHEAD + DAY)
BATCH = 20_000


def thin_signals(*, at: datetime) -> int:
    """Remove signals received longer ago than :data:`KEPT`, a batch; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM alarms_signal WHERE id IN (SELECT id FROM alarms_signal"
            " WHERE received_at < %s ORDER BY received_at LIMIT %s)",
            [at - KEPT, BATCH],
        )
        return int(cursor.rowcount)
