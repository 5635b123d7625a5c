"""Times of day of the worker's calendar are the city's."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import croniter
from django.conf import LazySettings
from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily


def test_a_time_of_day_is_the_citys() -> None:
    moment = croniter.croniter(daily("07:30")).get_next(float, start_time=time.time())
    there = datetime.fromtimestamp(moment, ZoneInfo("Asia/Shanghai"))
    assert (there.hour, there.minute) == (7, 30)


def test_another_zone(settings: LazySettings) -> None:
    settings.TIME_ZONE = "Asia/Urumqi"
    assert daily("00:10") == "10 18 * * *"


def test_what_is_done_at_night_is_done_at_night() -> None:
    """Long work never falls into office hours of the city."""
    hours = {}
    for entry in app.periodic_registry.periodic_tasks.values():
        minute, hour, *_rest = entry.cron.split()[:5]
        if hour.isdigit() and minute.isdigit():
            moment = entry.croniter.get_next(float, start_time=time.time())
            hours[entry.task.name] = timezone.localtime(
                datetime.fromtimestamp(moment, ZoneInfo("UTC"))
            ).hour
    assert hours
    assert {name: hour for name, hour in hours.items() if hour >= 8} == {}
