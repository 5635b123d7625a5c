"""Take a file in: it is sealed and waits for its look."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.intake import lifecycle, vault
from linli.intake.models import Batch
from linli.intake.policy import desk_of, may_import
from linli.intake.sheets.faults import Fault
from linli.intake.sheets.safety import MOST_BYTES
from linli.intake.sheets.words import refusal_of
from linli.kernel.errors import NotPermitted
from linli.kernel.ids import new_id


@transaction.atomic
def take_file(name: str, data: bytes, *, actor: Actor, at: datetime, mapping: str = "") -> Batch:
    """Keep a file for an import at the actor's desk; ``mapping`` names the one to read it by.

    What is in it is looked at afterwards (``examine_batch``). Raises :class:`Invalid` for one that
    is empty or too large.
    """
    if not may_import(actor):
        raise NotPermitted(_("Only desks of a centre import cases."))
    if not data:
        raise refusal_of(Fault("empty"))
    if len(data) > MOST_BYTES:
        raise refusal_of(Fault("too_large", most=MOST_BYTES // 1024 // 1024))
    batch = Batch(
        id=new_id(), unit_id=desk_of(actor), by_id=actor.user_id, created_at=at, touched_at=at,
        file_name=name[-120:], size=len(data), state=lifecycle.UPLOADED, mapping=mapping,
    )  # fmt: skip
    vault.put(batch.id, data)
    batch.save(force_insert=True)
    facts = {"unit": str(batch.unit_id), "size": batch.size}
    record("import", batch.id, "import.take_file", actor=actor.user_id, at=at, facts=facts)
    return batch
