"""Examine a file that was taken in: find its table, and think out which column is which field."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.intake import lifecycle, vault
from linli.intake.actions.step import gazetteer_for, locked, sealed_look
from linli.intake.look import look_at
from linli.intake.models import Batch
from linli.intake.queries.mappings import choose
from linli.intake.sheets.faults import Fault
from linli.intake.sheets.words import refusal_of


@transaction.atomic
def examine_batch(
    batch_id: UUID, *, actor: Actor, at: datetime, sheet: str = "", mapping: str = ""
) -> Batch:
    """Look at the file, at its fullest sheet or at ``sheet``, and propose a layout.

    A file that can't be read stops the import, with the reason; its content is destroyed.
    """
    batch = locked(batch_id, actor, lifecycle.UPLOADED, lifecycle.READY)
    try:
        look = look_at(vault.get(batch.id), sheet)
        chosen = choose(look, gazetteer_for(actor), mapping or batch.mapping)
    except Fault as fault:
        batch.state, batch.ended_at = lifecycle.STOPPED, at
        batch.failure = str(refusal_of(fault).reason)[:300]
        transaction.on_commit(lambda: vault.remove(batch.id))
    else:
        batch.look, batch.total = sealed_look(batch, look), look.total
        batch.mapping, batch.state = chosen.name, lifecycle.READY
        batch.plan = {"layout": chosen.layout.kept(), "sheet": look.sheet}
    batch.touched_at = at
    batch.save()
    return batch
