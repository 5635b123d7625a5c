"""What the worker does for cameras."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from linli.accounts.queries import actor_of
from linli.cameras.actions import bring_in
from linli.cameras.actions.count_day import count_day
from linli.cameras.actions.cut_clip import make_clip as make
from linli.cameras.actions.discover import find_devices
from linli.cameras.actions.keep_footage import expire_footage
from linli.cameras.actions.publish_report import publish_report
from linli.cameras.actions.remind import remind
from linli.cameras.actions.sweep import sweep
from linli.cameras.actions.tell_orders import LONGEST_WAIT, QUIET, tell_orders
from linli.cameras.models import CameraImport
from linli.cameras.quarters import quarter_of
from linli.kernel.daily import daily
from linli.kernel.looking import when
from linli.kernel.working_days import local_date

# A sweep ends after so many seconds and the next one goes on: a restart never waits for it.
LONGEST = 240.0
# Tables nobody went on with are destroyed after so many days.
KEPT = timedelta(days=7)


@when(
    "EXISTS (SELECT FROM cameras_health WHERE due_at <= now()"
    " AND (claimed_until IS NULL OR claimed_until < now()))"
)
@app.periodic(cron="* * * * *")
@app.task(
    name="linli.cameras.tasks.look_at_cameras", queue="outside", lock="look_at_cameras",
    queueing_lock="look_at_cameras", pass_context=True,
)  # fmt: skip
def look_at_cameras(context: JobContext, timestamp: int) -> None:
    """Soon after one is due: look at every camera that is; two sweeps never run at once here."""
    ends = monotonic() + LONGEST
    sweep(enough=lambda: context.should_abort() or monotonic() > ends)


@when(
    "EXISTS (SELECT FROM cameras_workorder WHERE told_at IS NULL AND state = 'open'"
    " GROUP BY unit_id, kind"
    f" HAVING max(opened_at) <= now() - interval '{QUIET.seconds} seconds'"
    f" OR min(opened_at) <= now() - interval '{LONGEST_WAIT.seconds} seconds')"
)
@app.periodic(cron="* * * * *")
@app.task(name="linli.cameras.tasks.tell_of_orders", queueing_lock="tell_of_orders")
def tell_of_orders(timestamp: int) -> None:
    """Soon after no more follow: tell units of work orders, those that belong together at once."""
    tell_orders(at=timezone.now())


@app.periodic(cron=daily("07:40"))
@app.task(name="linli.cameras.tasks.remind_units", queueing_lock="remind_units_of_cameras")
def remind_units(timestamp: int) -> None:
    """Every morning: tell units what is due for their cameras."""
    remind(at=timezone.now())


@app.periodic(cron=daily("00:20"))
@app.task(name="linli.cameras.tasks.count_yesterday", queueing_lock="count_cameras_yesterday")
def count_yesterday(timestamp: int) -> None:
    """Every night: sum up how long there was a picture on the day that has ended."""
    now = timezone.now()
    count_day(local_date(now) - timedelta(days=1), now=now)


@app.periodic(cron="7 * * * *")
@app.task(name="linli.cameras.tasks.count_today", queueing_lock="count_cameras_today")
def count_today(timestamp: int) -> None:
    """Every hour: bring the sums of today up to now."""
    now = timezone.now()
    count_day(local_date(now), now=now)


@app.task(name=bring_in.EXAMINE)
def examine_table(import_id: str) -> None:
    """Look at a table somebody has uploaded."""
    _as_owner(import_id, "examining", bring_in.examine_table)


@app.task(name=bring_in.RUN)
def import_table(import_id: str) -> None:
    """Bring in what is right in a table."""
    _as_owner(import_id, "running", bring_in.run_import)


def _as_owner(import_id: str, state: str, act: Callable[..., CameraImport]) -> None:
    row = CameraImport.objects.filter(pk=import_id, state=state).first()
    now = timezone.now()
    if row and (actor := actor_of(row.by_id, local_date(now))):
        act(row.id, actor=actor, at=now)


@app.periodic(cron=daily("03:45"))
@app.task(name="linli.cameras.tasks.forget_tables", queueing_lock="forget_camera_tables")
def forget_tables(timestamp: int) -> None:
    """Every night: destroy tables nobody went on with, and what is known of old imports."""
    bring_in.forget_tables(before=timezone.now() - KEPT)


@app.task(name="linli.cameras.tasks.discover_devices", queue="outside")
def discover_devices(discovery_id: str) -> None:
    """Ask the network for devices."""
    find_devices(UUID(discovery_id))


@app.task(name="linli.cameras.tasks.make_clip", queue="outside")
def make_clip(clip_id: str, pieces: list[tuple[str, float, float]]) -> None:
    """Make a clip or a still that was ordered."""
    make(UUID(clip_id), pieces, at=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="linli.cameras.tasks.expire", queueing_lock="expire_footage")
def expire(timestamp: int) -> None:
    """Every hour: destroy footage and clips whose time is up."""
    expire_footage(timezone.now())


@app.periodic(cron=daily("05:10"))
@app.task(name="linli.cameras.tasks.publish", queueing_lock="publish_report_on_video")
def publish(timestamp: int) -> None:
    """Every morning: publish the report on video of the quarter before, if that is still to do."""
    now = timezone.now()
    publish_report(quarter_of(now).before, at=now)
