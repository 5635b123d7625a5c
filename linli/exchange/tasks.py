"""What the worker does for other systems."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.exchange.actions.collect import collect
from linli.exchange.actions.deliver import deliver_next
from linli.exchange.queries import due, old_deliveries
from linli.kernel.daily import daily
from linli.kernel.looking import when

KEPT = timedelta(days=30)
# One job sends for so long, then others get its place.
TURN = timedelta(seconds=30)


@when(
    "EXISTS (SELECT FROM exchange_subscription WHERE paused_at IS NULL)"
    " AND EXISTS (SELECT FROM audit_chain c JOIN exchange_position p USING (chain)"
    " WHERE c.sequence > p.sequence)"
    " OR EXISTS (SELECT FROM exchange_subscription s JOIN exchange_delivery d"
    " ON d.subscription_id = s.id AND d.next_at <= now()"
    " WHERE s.paused_at IS NULL AND (s.next_at IS NULL OR s.next_at <= now()))"
)
@app.periodic(cron="* * * * *")
@app.task(name="linli.exchange.tasks.collect_events", queueing_lock="collect_events")
def collect_events(timestamp: int) -> None:
    """Soon after something happened: read the log's news and wake the senders that have something to send."""
    while collect(at=timezone.now()):
        pass
    for one in due(timezone.now()):
        wake(one)


@app.task(name="linli.exchange.tasks.send", queue="outside")
def send(subscription: str) -> None:
    """Send for one target until nothing waits or its turn is over."""
    ends = timezone.now() + TURN
    while deliver_next(UUID(subscription), at=timezone.now()):
        if timezone.now() >= ends:
            break


def wake(subscription: UUID) -> None:
    """Let a target's messages be sent soon; there is one sender a target at any time."""
    lock = f"webhook:{subscription}"
    with suppress(AlreadyEnqueued):
        send.configure(lock=lock, queueing_lock=lock).defer(subscription=str(subscription))


@app.periodic(cron=daily("03:40"))
@app.task(name="linli.exchange.tasks.shorten_log", queueing_lock="shorten_log")
def shorten_log(timestamp: int) -> None:
    """Every night: drop messages older than thirty days."""
    old_deliveries(timezone.now(), KEPT).delete()
