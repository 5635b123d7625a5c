"""What the worker does to find the like."""

from time import monotonic

from django.utils import timezone
from procrastinate.contrib.django import app

from linli.alike.actions.find_patterns import find_patterns as find
from linli.alike.actions.follow import catch_up, follow, look_again
from linli.alike.actions.weigh import weigh
from linli.kernel.daily import daily
from linli.kernel.looking import when

# Of every few seconds, while there are older cases: the worker has other things to do.
_SECONDS = 3.0


@when(
    "coalesce((SELECT id FROM cases_event ORDER BY id DESC LIMIT 1),"
    " '00000000-0000-0000-0000-000000000000') IS DISTINCT FROM"
    " (SELECT event FROM alike_mark) OR EXISTS (SELECT FROM alike_mark WHERE back IS NOT NULL)"
)
@app.periodic(cron="* * * * *", periodic_id="follow-texts")
@app.task(name="linli.alike.tasks.follow_texts", queueing_lock="follow-texts")
def follow_texts(timestamp: int) -> None:
    """Soon after cases moved: keep the texts of cases that moved, then some of the older ones."""
    follow()
    until = monotonic() + _SECONDS
    while catch_up() and monotonic() < until:
        pass


@app.periodic(cron=daily("02:15"), periodic_id="weigh-texts")
@app.task(name="linli.alike.tasks.weigh_texts", queueing_lock="weigh-texts")
def weigh_texts(timestamp: int) -> None:
    """Every night: count the words again, and look whether any case was left out."""
    weigh()
    look_again()


@app.periodic(cron="40 */3 * * *", periodic_id="find-patterns")
@app.task(name="linli.alike.tasks.find_patterns", queueing_lock="find-patterns")
def find_patterns(timestamp: int) -> None:
    """Every three hours: find what keeps coming back from one place."""
    find(timezone.now())
