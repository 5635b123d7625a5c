"""What the worker does for the residents' door."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.portal.guard import forget_old


@app.periodic(cron="15 * * * *")
@app.task(name="linli.portal.tasks.forget_addresses", queueing_lock="forget_addresses")
def forget_addresses(timestamp: int) -> None:
    """Every hour: forget counts of attempts, and salts that could lead back to an address."""
    forget_old(timezone.now())
