"""What the worker does for alarms at night; their clocks are in ``linli.site.clocks``."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.alarms.actions.refuse import forget_refused
from linli.alarms.actions.thin import thin_signals
from linli.kernel.daily import daily


@app.periodic(cron=daily("03:50"))
@app.task(name="linli.alarms.tasks.forget", queueing_lock="forget_alarms")
def forget(timestamp: int) -> None:
    """Every night: let go of single signals and of what was refused, after thirty days."""
    while thin_signals(at=timezone.now()):
        pass
    forget_refused(timezone.now())
