"""What the worker does for patrols."""

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.kernel.daily import daily
from linli.patrol.actions.muster import muster
from linli.patrol.actions.score_shifts import score_due
from linli.patrol.actions.thin_tracks import thin_tracks


@app.periodic(cron="* * * * *", periodic_id="patrol-muster")
@app.task(name="linli.patrol.tasks.put_on_duty", queueing_lock="patrol-muster")
def put_on_duty(timestamp: int) -> None:
    """Every minute: teams whose shift began are on duty for dispatch."""
    muster(at=timezone.now())


@app.periodic(cron="*/10 * * * *", periodic_id="patrol-score")
@app.task(name="linli.patrol.tasks.count_seen", queueing_lock="patrol-score")
def count_seen(timestamp: int) -> None:
    """Every ten minutes: what shifts that are over have seen."""
    score_due(at=timezone.now())


@app.periodic(cron=daily("03:10"), periodic_id="patrol-thin")
@app.task(name="linli.patrol.tasks.thin_old_tracks", queueing_lock="patrol-thin")
def thin_old_tracks(timestamp: int) -> None:
    """Every night: tracks older than 30 days are thinned out."""
    thin_tracks(at=timezone.now())
