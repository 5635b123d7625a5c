"""What the worker does for searches."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily
from linli.missing.actions.end import expire_due
from linli.missing.actions.erase import erase_due
from linli.missing.actions.rank_anew import rank_stale


@app.periodic(cron="* * * * *", periodic_id="expire-searches")
@app.task(name="linli.missing.tasks.expire", queueing_lock="expire-searches")
def expire(timestamp: int) -> None:
    """Every minute: end the searches whose 72 hours are over."""
    while expire_due(at=timezone.now()):
        pass


@app.periodic(cron="*/5 * * * *", periodic_id="rank-searches")
@app.task(name="linli.missing.tasks.rank", queueing_lock="rank-searches")
def rank(timestamp: int) -> None:
    """Every five minutes: draw anew where people may be by now."""
    rank_stale(at=timezone.now())


@app.periodic(cron=daily("03:40"), periodic_id="erase-searches")
@app.task(name="linli.missing.tasks.erase", queueing_lock="erase-searches")
def erase(timestamp: int) -> None:
    """Every night: erase what was kept long enough."""
    while erase_due(at=timezone.now()):
        pass
