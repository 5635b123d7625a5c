"""A time of day for the worker's calendar."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def daily(clock: str) -> str:
    """Return the cron line of a time of day (``HH:MM``) in the city's zone.

    The worker reads its calendar in UTC. A zone with summer time moves by its hour until the worker
    starts anew.
    """
    hour, minute = map(int, clock.split(":"))
    zone = ZoneInfo(settings.TIME_ZONE)
    there = datetime.now(zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    in_utc = there.astimezone(UTC)
    return f"{in_utc.minute} {in_utc.hour} * * *"
