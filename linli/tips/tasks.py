"""What the worker does for tips."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily
from linli.tips.actions.desks import erase_old_tips


@app.periodic(cron=daily("02:50"))
@app.task(name="linli.tips.tasks.erase_old", queueing_lock="erase_old_tips")
def erase_old(timestamp: int) -> None:
    """Every night: destroy what has been kept long enough."""
    while erase_old_tips(at=timezone.now()):
        pass
