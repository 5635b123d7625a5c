"""What the worker does for the log."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.audit.verify import verify_and_keep
from linli.kernel.daily import daily


@app.periodic(cron=daily("02:30"))
@app.task(name="linli.audit.tasks.verify_log", queueing_lock="verify_log")
def verify_log(timestamp: int) -> None:
    """Every night: compute every hash again."""
    verify_and_keep(timezone.now())
