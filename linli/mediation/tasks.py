"""What the worker does for mediation."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily
from linli.mediation.actions.remind_due import remind_of_due


@app.periodic(cron=daily("07:30"), periodic_id="mediation-due")
@app.task(name="linli.mediation.tasks.tell_due", queueing_lock="mediation-due")
def tell_due(timestamp: int) -> None:
    """Every morning: tell mediators what is due."""
    remind_of_due(at=timezone.now())
