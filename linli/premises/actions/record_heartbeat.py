"""Record a heartbeat: a device was heard of. Called for every message, so it is one statement."""

from datetime import datetime
from uuid import UUID

from django.db import connection

# Late news (a queue that stood still) never turns the clock back. A named fault stays until
# somebody says it is mended: a broken device may well go on beating. Only a return is written down.
_BEAT = """
WITH beat AS (
  UPDATE premises_device SET heard_at = greatest(heard_at, %(at)s),
    state = CASE WHEN state IN ('offline', 'unconnected') AND coalesce(heard_at < %(at)s, true)
      THEN 'online' ELSE state END
  WHERE id = %(device)s AND retired_at IS NULL
  RETURNING id, area_id, premises_id, old.state AS was, new.state AS state
), told AS (
  INSERT INTO premises_event (id, area_id, premises_id, device_id, what, at, text)
  SELECT uuidv7(), area_id, premises_id, id, 'online', %(at)s, '' FROM beat WHERE was <> state
)
SELECT count(*) FROM beat
"""


def record_heartbeat(device: UUID, at: datetime) -> bool:
    """Note that the device was heard of at ``at``; say whether there is such a device in use.

    For the system's own channels: no scope is asked, nothing is audited.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, {"device": device, "at": at})
        return bool(cursor.fetchone()[0])
