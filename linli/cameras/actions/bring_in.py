"""Bring in: a table is taken, looked at by the worker, looked at by its owner, and imported."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as queue

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.accounts.sheets import MOST_BYTES, read_table
from linli.areas.coordinates import Datum
from linli.cameras.actions.import_table import Planned, import_cameras, plan_import
from linli.cameras.actions.set_sign import clean_name
from linli.cameras.models import CameraImport, ImportFault
from linli.cameras.policy import may_keep_some, permit
from linli.cameras.sheet import HEADINGS, NEEDED
from linli.kernel.crypto import seal_bytes, unseal_bytes
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Refused

EXAMINE, RUN = "linli.cameras.tasks.examine_table", "linli.cameras.tasks.import_table"
# So many rows that were left out are told; the table is then mended as a whole.
MOST_FAULTS = 500


@transaction.atomic
def take_table(
    name: str, data: bytes, *, datum: Datum, actor: Actor, at: datetime, queued: bool = True
) -> CameraImport:
    """Keep an uploaded table, sealed, and have the worker look at it."""
    permit(may_keep_some(actor))
    if not data or len(data) > MOST_BYTES:
        reason = _("A table of at most 4 MB.")
        raise Invalid(reason, {"file": reason})
    if actor.user_id is None:
        raise Invalid(_("Somebody has to bring the table in."))
    row = CameraImport(
        name=clean_name(name), by_id=actor.user_id, created_at=at, state="examining",
        datum=datum.value, touched_at=at,
    )  # fmt: skip
    row.data = seal_bytes(data, row.id.bytes)
    row.save(force_insert=True)
    if queued:
        queue.configure_task(EXAMINE).defer(import_id=str(row.id))
    return row


def examine_table(import_id: UUID, *, actor: Actor, at: datetime) -> CameraImport:
    """Look at a table: what would come in, what is known, which rows are wrong and why."""
    row = _of(import_id, "examining")
    try:
        with acting(actor):
            plan = _plan(row, actor, at)
    except Refused as refusal:
        return _fail(row, str(refusal.reason), at)
    with transaction.atomic():
        _keep_faults(row, plan)
        good = [one for one in plan if not one.faults]
        row.total, row.wrong = len(plan), len(plan) - len(good)
        row.known = sum(one.known is not None for one in good)
        row.fresh, row.state, row.touched_at = len(good) - row.known, "ready", at
        row.save()
    return row


@transaction.atomic
def start_import(
    import_id: UUID, *, actor: Actor, at: datetime, queued: bool = True
) -> CameraImport:
    """Let the worker bring in what is right."""
    found = CameraImport.objects.select_for_update().filter(pk=import_id, by=actor.user_id)
    row = found.first()
    if row is None:
        raise NotFound(_("There is no such import here."))
    if row.state != "ready" or not row.fresh + row.known:
        raise IllegalMove(_("There is nothing to bring in."))
    row.state, row.touched_at = "running", at
    row.save(update_fields=["state", "touched_at"])
    if queued:
        queue.configure_task(RUN).defer(import_id=str(row.id))
    return row


def run_import(import_id: UUID, *, actor: Actor, at: datetime) -> CameraImport:
    """Bring in what is right; begun again after a stop, it finds what is in already."""
    row = _of(import_id, "running")

    def tick(done: int) -> None:
        CameraImport.objects.filter(pk=row.pk).update(done=done)

    try:
        with acting(actor):
            plan = _plan(row, actor, at)
        outcome = import_cameras(plan, actor=actor, at=at, tick=tick)
    except Refused as refusal:
        return _fail(row, str(refusal.reason), at)
    row.fresh, row.known = outcome.added, outcome.changed + outcome.unchanged
    row.wrong, row.done = outcome.wrong, row.total
    row.state, row.data, row.ended_at, row.touched_at = "done", None, at, at
    row.save()
    return row


def forget_tables(*, before: datetime) -> int:
    """Destroy tables nobody went on with, and the imports themselves; return how many."""
    _count, kinds = CameraImport.objects.filter(touched_at__lt=before).delete()
    return kinds.get("cameras.CameraImport", 0)


def _plan(row: CameraImport, actor: Actor, at: datetime) -> list[Planned]:
    permit(may_keep_some(actor))
    data = unseal_bytes(bytes(row.data or b""), row.id.bytes)
    rows = read_table(row.name, data, HEADINGS, NEEDED)
    return plan_import(rows, datum=Datum(row.datum), actor=actor, at=at)


def _of(import_id: UUID, state: str) -> CameraImport:
    row = CameraImport.objects.filter(pk=import_id, state=state).first()
    if row is None:
        raise NotFound(_("There is no such import here."))
    return row


def _keep_faults(row: CameraImport, plan: Sequence[Planned]) -> None:
    row.faults.all().delete()
    wrong = [one for one in plan if one.faults][:MOST_FAULTS]
    ImportFault.objects.bulk_create(
        ImportFault(of=row, row=one.number, code=one.code, reasons=one.faults) for one in wrong
    )


def _fail(row: CameraImport, reason: str, at: datetime) -> CameraImport:
    row.state, row.failure, row.data = "failed", reason[:300], None
    row.ended_at = row.touched_at = at
    row.save()
    return row
