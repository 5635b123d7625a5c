"""Thin: 30 days after a shift its tracks keep one position a minute, after a year none."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from linli.patrol.models import Shift

FULL, KEPT = timedelta(days=30), timedelta(days=365)
# A day's margin, as the database counts its own 30 days; so many shifts at a time.
MARGIN, AT_ONCE = timedelta(hours=1), 500

_THIN = """
DELETE FROM patrol_fix f USING (
  SELECT id, row_number() OVER (
    PARTITION BY shift_id, user_id, date_trunc('minute', at) ORDER BY at) AS place
  FROM patrol_fix WHERE shift_id = ANY (%s)
) kept
WHERE kept.id = f.id AND kept.place > 1
"""
_FORGET = "DELETE FROM patrol_fix WHERE at < %s"


def thin_tracks(*, at: datetime) -> int:
    """Thin out shifts that ended 30 days ago, and forget what is older than a year; return how many.

    Each shift is thinned once, however long the worker has stood still.
    """
    gone = 0
    while (thinned := _thin_some(at)) is not None:
        gone += thinned
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at - KEPT])
        return gone + int(cursor.rowcount)


@transaction.atomic
def _thin_some(at: datetime) -> int | None:
    """Thin some shifts; None where none waits."""
    old = Shift.objects.filter(thinned_at=None, ends_at__lt=at - FULL - MARGIN)
    some = list(old.order_by("ends_at").values_list("id", flat=True)[:AT_ONCE])
    if not some:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_THIN, [some])
        gone = int(cursor.rowcount)
    Shift.objects.filter(pk__in=some).update(thinned_at=at)
    return gone
