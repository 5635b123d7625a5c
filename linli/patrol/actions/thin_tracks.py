"""Thin: after 30 days a track keeps one position a minute, after a year none."""

from datetime import datetime, timedelta

from django.db import connection

FULL, KEPT = timedelta(days=30), timedelta(days=365)

# A day's margin, as the database counts its own 30 days.
_THIN = """
DELETE FROM patrol_fix f USING (
  SELECT id, row_number() OVER (
    PARTITION BY shift_id, user_id, date_trunc('minute', at) ORDER BY at) AS place
  FROM patrol_fix WHERE at < %(full)s AND at >= %(since)s
) kept
WHERE kept.id = f.id AND kept.place > 1
"""
_FORGET = "DELETE FROM patrol_fix WHERE at < %(kept)s"


def thin_tracks(*, at: datetime) -> int:
    """Thin out what is older than 30 days, and forget what is older than a year; return how many.

    Only days that have just become old are looked at: what was thinned before is thin.
    """
    full = at - FULL - timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(_THIN, {"full": full, "since": full - timedelta(days=10)})
        gone = int(cursor.rowcount)
        cursor.execute(_FORGET, {"kept": at - KEPT})
        return gone + int(cursor.rowcount)
