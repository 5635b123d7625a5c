"""What the worker does for dispatch."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.dispatch.actions.end_shift import end_due_shifts
from linli.dispatch.actions.remind_expiring import remind_expiring
from linli.dispatch.actions.thin import forget_tracks, thin_tracks
from linli.kernel.daily import daily


@app.periodic(cron="* * * * *", periodic_id="end-shifts")
@app.task(name="linli.dispatch.tasks.end_shifts", queueing_lock="end-shifts")
def end_shifts(timestamp: int) -> None:
    """Every minute: take units off duty whose shift is over."""
    end_due_shifts(at=timezone.now())


@app.periodic(cron="*/10 * * * *", periodic_id="thin-tracks")
@app.task(name="linli.dispatch.tasks.thin", queueing_lock="thin-tracks")
def thin(timestamp: int) -> None:
    """Every ten minutes: thin the tracks of shifts that have ended."""
    while thin_tracks(at=timezone.now()):
        pass


@app.periodic(cron=daily("03:40"), periodic_id="forget-tracks")
@app.task(name="linli.dispatch.tasks.forget", queueing_lock="forget-tracks")
def forget(timestamp: int) -> None:
    """Every night: forget tracks that are older than a month."""
    forget_tracks(at=timezone.now())


@app.periodic(cron=daily("06:50"), periodic_id="supplies-expire")
@app.task(name="linli.dispatch.tasks.tell_expiring", queueing_lock="supplies-expire")
def tell_expiring(timestamp: int) -> None:
    """Every morning: tell who keeps a store what expires there."""
    remind_expiring(at=timezone.now())
