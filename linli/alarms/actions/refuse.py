"""Refuse: count a message that was not taken, by device, reason and day."""

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from linli.alarms.floods import Gathered
from linli.alarms.models import Refused
from linli.kernel.row_security import as_owner
from linli.kernel.working_days import local_date

KEPT = timedelta(days=30)
_COUNT = """
INSERT INTO alarms_refused AS r (device_id, area, reason, day, serial, count, first_at, last_at)
VALUES (%(device)s, %(area)s, %(reason)s, %(day)s, %(serial)s, %(count)s, %(at)s, %(at)s)
ON CONFLICT (device_id, reason, day) DO UPDATE
SET count = r.count + excluded.count, last_at = excluded.last_at, serial = excluded.serial
"""
_waiting: Gathered[tuple[UUID | None, str]] = Gathered(1.0)


def count_refused(
    reason: str, serial: str, *, at: datetime, device: UUID | None = None, area: str = ""
) -> None:
    """Count one message; each process writes a device and reason down once a second at most."""
    count = _waiting.add((device, reason), time.monotonic())
    if not count:
        return
    values = {
        "device": device, "area": area, "reason": reason, "day": local_date(at), "at": at,
        "serial": serial[:60].replace("\0", ""), "count": count,
    }  # fmt: skip
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(_COUNT, values)


def forget_refused(at: datetime) -> int:
    """Remove what was refused more than thirty days ago; returns how many rows."""
    removed, _kinds = Refused.objects.filter(day__lt=local_date(at - KEPT)).delete()
    return removed
