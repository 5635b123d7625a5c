"""What the worker does for premises and devices."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily
from linli.premises.actions import find_overdue as overdue
from linli.premises.actions.find_silent import find_silent


@app.periodic(cron=daily("06:40"), periodic_id="premises-overdue")
@app.task(name="linli.premises.tasks.find_overdue", queueing_lock="premises-overdue")
def find_overdue(timestamp: int) -> None:
    """Every morning: inspections that were not made become hazards; late tests are told."""
    at = timezone.now()
    overdue.find_overdue(at=at)
    overdue.remind_of_tests(at=at)


@app.periodic(cron="* * * * *", periodic_id="premises-silent")
@app.task(name="linli.premises.tasks.find_silent", queueing_lock="premises-silent")
def mark_silent(timestamp: int) -> None:
    """Every minute: what was not heard of for some intervals is offline."""
    find_silent(at=timezone.now())
