"""What the worker does for notices."""

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.kernel.daily import daily
from linli.kernel.looking import when
from linli.notices.actions.deliver import LOST_AFTER, deliver, give_up_on_lost
from linli.notices.actions.forget_old import forget_events, forget_old, reseal
from linli.notices.actions.gather import LISTENER, gather
from linli.notices.actions.listen import news_for
from linli.notices.queries.outbox import channels_due


@when(news_for(LISTENER))
@app.periodic(cron="* * * * *", periodic_id="gather-events")
@app.task(name="linli.notices.tasks.gather_events", queueing_lock="gather-events")
def gather_events(timestamp: int) -> None:
    """Soon after something happened: enqueue what follows from what happened, for many objects at once."""
    while gather(at=timezone.now()):
        pass


@when(
    "EXISTS (SELECT FROM notices_message WHERE state = 'queued' AND not_before <= now()"  # noqa: S608
    " AND channel NOT IN (SELECT sort FROM notices_gateway WHERE is_on AND paused_until > now()))"
    " OR EXISTS (SELECT FROM notices_message WHERE state = 'sending'"
    f" AND tried_at < now() - interval '{LOST_AFTER.total_seconds():.0f} seconds')"
)
@app.periodic(cron="* * * * *")
@app.task(name="linli.notices.tasks.look_for_messages", queueing_lock="look_for_messages")
def look_for_messages(timestamp: int) -> None:
    """Soon after a message is due: have each channel that has something due deliver it."""
    give_up_on_lost(at=timezone.now())
    for channel in channels_due(timezone.now()):
        job = deliver_messages.configure(
            queueing_lock=f"deliver:{channel}", lock=f"deliver:{channel}"
        )
        try:
            job.defer(channel=channel)
        except AlreadyEnqueued:
            continue


@app.task(name="linli.notices.tasks.deliver_messages", queue="outside")
def deliver_messages(channel: str) -> None:
    """Send what is due by one channel, one job a channel at a time, among the jobs that may wait."""
    while deliver(channel, at=timezone.now()):
        pass


@app.periodic(cron=daily("03:40"))
@app.task(name="linli.notices.tasks.forget", queueing_lock="forget_notices")
def forget(timestamp: int) -> None:
    """Every night: let go what has been kept long enough; seal again what an old key sealed."""
    forget_old(at=timezone.now())
    reseal()


@app.periodic(cron="*/20 * * * *")
@app.task(name="linli.notices.tasks.forget_stream", queueing_lock="forget_stream")
def forget_stream(timestamp: int) -> None:
    """Every twenty minutes: let go of events no browser comes back for."""
    forget_events(at=timezone.now())
