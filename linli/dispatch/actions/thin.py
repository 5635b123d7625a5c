"""Thin: raw tracks are for the shift; after it one position a minute stays, and after a month none."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from linli.dispatch.models import Shift, TrackPoint

KEPT = timedelta(days=30)
# A position that comes in late belongs to its shift: so long after its end the shift is thinned.
GRACE = timedelta(hours=2)

_THIN = """
DELETE FROM dispatch_trackpoint t USING (
  SELECT id, row_number() OVER (PARTITION BY date_trunc('minute', at) ORDER BY at, id) AS turn
  FROM dispatch_trackpoint WHERE unit_id = %s AND at >= %s AND at <= %s
) numbered WHERE t.id = numbered.id AND numbered.turn > 1
"""


def thin_tracks(*, at: datetime, most: int = 500) -> int:
    """Thin the tracks of up to ``most`` shifts that have ended; return how many shifts."""
    due = (
        Shift.objects.filter(thinned_at=None, ended_at__lte=at - GRACE)
        .order_by("ended_at")
        .values_list("pk", flat=True)
    )
    keys = list(due[:most])
    for key in keys:
        with transaction.atomic(), connection.cursor() as cursor:
            shift = Shift.objects.select_for_update().get(pk=key)
            cursor.execute(_THIN, [shift.unit_id, shift.starts, shift.ended_at])
            shift.thinned_at = at
            shift.save(update_fields=["thinned_at"])
    return len(keys)


def forget_tracks(*, at: datetime) -> int:
    """Delete what is older than a month; return how many positions."""
    deleted, _by_model = TrackPoint.objects.filter(at__lt=at - KEPT).delete()
    return deleted
