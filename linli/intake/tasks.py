"""What the worker does for imports."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.accounts.actor import Actor, desk_actor
from linli.accounts.queries import actor_of
from linli.intake import lifecycle
from linli.intake.actions.examine import examine_batch
from linli.intake.actions.forget import forget_old
from linli.intake.actions.read_folder import read_folder
from linli.intake.actions.read_mailbox import read_mailbox
from linli.intake.actions.run import run_import as run
from linli.intake.channel_models import ChannelKind, Source
from linli.intake.models import Batch
from linli.intake.queries.channels import running
from linli.kernel.daily import daily
from linli.kernel.looking import when
from linli.kernel.working_days import local_date

# A chunk takes a second or two; who has not been heard of for so long is gone.
SILENT = timedelta(seconds=45)


@app.task(name="linli.intake.tasks.examine")
def examine(batch_id: str) -> None:
    """Look at an uploaded file that is too large to be looked at while its owner waits."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == lifecycle.UPLOADED and (actor := _actor(batch)):
        examine_batch(batch.id, actor=actor, at=timezone.now())


@app.task(name="linli.intake.tasks.run_import", pass_context=True)
def run_import(context: JobContext, batch_id: str) -> None:
    """Bring a file's rows in; when the worker ends the rest is left to the next one."""
    batch = Batch.objects.get(pk=batch_id)
    if actor := _actor(batch):
        run(UUID(batch_id), actor=actor, at=timezone.now(), enough=context.should_abort)


@when(
    "EXISTS (SELECT FROM intake_batch WHERE state IN ('running', 'uploaded', 'waiting')"
    f" AND touched_at < now() - interval '{SILENT.seconds} seconds')"
)
@app.periodic(cron="* * * * *")
@app.task(name="linli.intake.tasks.carry_on", queueing_lock="carry_on_imports")
def carry_on(timestamp: int) -> None:
    """Take up again what a worker that was killed has left lying."""
    silent = Batch.objects.filter(
        state__in=lifecycle.UNDER_WAY, touched_at__lt=timezone.now() - SILENT
    )
    for batch in silent:
        Batch.objects.filter(pk=batch.pk).update(touched_at=timezone.now())
        task = examine if batch.state == lifecycle.UPLOADED else run_import
        task.defer(batch_id=str(batch.pk))


@app.periodic(cron=daily("03:40"))
@app.task(name="linli.intake.tasks.forget", queueing_lock="forget_imports")
def forget(timestamp: int) -> None:
    """Every night: files nobody went on with, and refused rows nobody repaired, are destroyed."""
    forget_old(timezone.now())


def _actor(batch: Batch) -> Actor | None:
    """Return whoever imports, as they are today; a channel acts as the desk it brings to."""
    if batch.by_id is None:
        return desk_actor(batch.unit_id, batch.unit.area_id)
    return actor_of(batch.by_id, local_date(timezone.now()))


@app.periodic(cron="* * * * *")
@app.task(name="linli.intake.tasks.watch_channels", queueing_lock="watch_channels")
def watch_channels(timestamp: int) -> None:
    """Every minute: look into the mailboxes and folders that are switched on, each by itself."""
    for channel, task in (
        (ChannelKind.MAILBOX, look_into_mailbox),
        (ChannelKind.FOLDER, look_into_folder),
    ):
        for source in running(channel):
            lock = f"source:{source}"
            with suppress(AlreadyEnqueued):
                task.configure(lock=lock, queueing_lock=lock).defer(source=str(source))


@app.task(name="linli.intake.tasks.look_into_mailbox", queue="outside")
def look_into_mailbox(source: str) -> None:
    """Take in the new letters of one mailbox; a mail server may be slow."""
    if found := Source.objects.filter(pk=source, is_on=True).first():
        read_mailbox(found, at=timezone.now())


@app.task(name="linli.intake.tasks.look_into_folder")
def look_into_folder(source: str) -> None:
    """Import the finished files of one folder."""
    if found := Source.objects.filter(pk=source, is_on=True).first():
        read_folder(found, at=timezone.now())
