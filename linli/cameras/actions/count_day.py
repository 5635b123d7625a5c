"""Count a day: how long the cameras of each owner in each area gave a picture."""

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from linli.cameras import lifecycle
from linli.cameras.models import Availability

# What was known at midnight is the newest change before it; each change holds until the next one.
_COUNT = """
WITH told AS (
  SELECT h.camera_id, h.at, h.after AS state FROM cameras_healthchange h
  WHERE h.at >= %(start)s AND h.at < %(end)s
  UNION ALL
  (SELECT DISTINCT ON (h.camera_id) h.camera_id, %(start)s::timestamptz, h.after
   FROM cameras_healthchange h WHERE h.at < %(start)s ORDER BY h.camera_id, h.at DESC, h.id DESC)
), spans AS (
  SELECT camera_id, state,
    extract(epoch FROM lead(at, 1, %(end)s) OVER (PARTITION BY camera_id ORDER BY at) - at) AS seconds
  FROM told
), sums AS (
  SELECT s.camera_id, sum(seconds) AS seen,
    coalesce(sum(seconds) FILTER (WHERE NOT state = ANY (%(out)s)), 0) AS up
  FROM spans s WHERE state <> 'unknown' GROUP BY 1
)
SELECT c.area_id, c.owner_id, count(*), sum(seen)::bigint, sum(up)::bigint
FROM sums JOIN cameras_camera c ON c.id = sums.camera_id
WHERE c.retired_on IS NULL OR c.retired_on >= %(day)s
GROUP BY 1, 2
"""


@transaction.atomic
def count_day(day: date, *, now: datetime) -> int:
    """Write the sums of a day, up to ``now`` where it is not over; return how many rows."""
    start = datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
    end = min(start + timedelta(days=1), now)
    if end <= start:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT, {"start": start, "end": end, "day": day, "out": list(lifecycle.OUTAGES)}
        )
        rows = cursor.fetchall()
    Availability.objects.filter(day=day).delete()
    Availability.objects.bulk_create(
        Availability(day=day, area_id=area, owner_id=owner, cameras=count, seen=seen, up=up)
        for area, owner, count, seen, up in rows
    )
    return len(rows)
