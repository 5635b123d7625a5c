"""Start an import, go on with one that was stopped, or stop one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as queue

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.intake import lifecycle, vault
from linli.intake.actions.choose import check_layout
from linli.intake.actions.step import locked
from linli.intake.layout import Layout
from linli.intake.models import Batch
from linli.kernel.errors import Invalid

TASK, LOOK = "linli.intake.tasks.run_import", "linli.intake.tasks.examine"


def defer_look(batch_id: UUID) -> None:
    """Have the worker look at a file that is too large to be looked at while its owner waits."""
    queue.configure_task(LOOK).defer(batch_id=str(batch_id))


@transaction.atomic
def start_import(batch_id: UUID, *, actor: Actor, at: datetime, queued: bool = True) -> Batch:
    """Let the worker bring the rows in, or those that are not decided yet.

    ``queued`` False: the caller runs it itself.
    """
    batch = locked(batch_id, actor, lifecycle.READY, lifecycle.STOPPED)
    if not batch.plan:
        raise Invalid(_("This file could not be read: upload another."))
    vault.get(batch.id)
    layout = Layout.of(batch.plan["layout"])
    check_layout(layout)
    if "source_number" in layout.columns.values() and not layout.source:
        raise Invalid(
            _("Say which system the numbers are from."),
            {"source": _("Numbers are unique only within their system.")},
        )
    batch.started_at = batch.started_at or at
    batch.state, batch.touched_at, batch.failure, batch.ended_at = lifecycle.WAITING, at, "", None
    batch.save()
    facts = {"rows": batch.total, "from_row": batch.position, "size": batch.size}
    record("import", batch.id, "import.start", actor=actor.user_id, at=at, facts=facts)
    if queued:
        queue.configure_task(TASK).defer(batch_id=str(batch.id))
    return batch


@transaction.atomic
def stop_import(batch_id: UUID, *, actor: Actor, at: datetime) -> Batch:
    """Stop an import between two rows; what is in stays, and it can go on later."""
    batch = locked(batch_id, actor, lifecycle.WAITING, lifecycle.RUNNING)
    batch.state, batch.touched_at, batch.ended_at = lifecycle.STOPPED, at, at
    batch.save(update_fields=["state", "touched_at", "ended_at"])
    facts = {"added": batch.added, "at_row": batch.position}
    record("import", batch.id, "import.stop", actor=actor.user_id, at=at, facts=facts)
    return batch


@transaction.atomic
def drop_import(batch_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Give up an import that brought nothing in: its file and what was seen in it are destroyed."""
    batch = locked(batch_id, actor, lifecycle.UPLOADED, lifecycle.READY, lifecycle.STOPPED)
    if batch.added:
        raise Invalid(_("It has brought cases in already."))
    record("import", batch.id, "import.drop", actor=actor.user_id, at=at)
    transaction.on_commit(lambda: vault.remove(batch_id))
    batch.delete()
