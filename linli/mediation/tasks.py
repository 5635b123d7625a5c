"""What the worker does for mediation."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily
from linli.mediation.actions.remind_due import remind_of_due
from linli.mediation.rollup import fold


@app.periodic(cron=daily("07:30"), periodic_id="mediation-due")
@app.task(name="linli.mediation.tasks.tell_due", queueing_lock="mediation-due")
def tell_due(timestamp: int) -> None:
    """Every morning: tell mediators what is due."""
    remind_of_due(at=timezone.now())


@app.periodic(cron="* * * * *", periodic_id="fold-mediation-statistics")
@app.task(name="linli.mediation.tasks.fold_statistics", queueing_lock="fold-mediation-statistics")
def fold_statistics(timestamp: int) -> None:
    """Put the changes of the official form's counts away, once a minute."""
    fold()
