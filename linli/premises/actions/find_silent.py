"""Find silent devices: what was not heard of for some intervals is offline. Not an alarm."""

from datetime import datetime

from django.db import connection

# A message may be lost, and so may the next.
INTERVALS = 3
_SILENT = """
WITH gone AS (
  UPDATE premises_device SET state = 'offline'
  WHERE state = 'online' AND interval_seconds > 0 AND retired_at IS NULL
    AND coalesce(heard_at, '-infinity') < %(at)s - interval_seconds * %(times)s * interval '1 second'
  RETURNING id, area_id, premises_id
), told AS (
  INSERT INTO premises_event (id, area_id, premises_id, device_id, what, at, text)
  SELECT uuidv7(), area_id, premises_id, id, 'offline', %(at)s, '' FROM gone
)
SELECT count(*) FROM gone
"""


def find_silent(*, at: datetime) -> int:
    """Mark what should have been heard of :data:`INTERVALS` times and wasn't; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_SILENT, {"at": at, "times": INTERVALS})
        return int(cursor.fetchone()[0])
