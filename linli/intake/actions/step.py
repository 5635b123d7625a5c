"""What every action on an import begins with, and how it seals what it has seen."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.intake.gazetteer import Gazetteer
from linli.intake.look import Look
from linli.intake.models import Batch
from linli.intake.policy import city_of, may_import
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted


def locked(batch_id: UUID, actor: Actor, *states: str) -> Batch:
    """Return an import of the actor's desk, locked, in one of ``states``."""
    if not may_import(actor):
        raise NotPermitted(_("Only desks of a centre import cases."))
    batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None or batch.unit_id not in actor.units:
        raise NotFound(_("There is no such import here."))
    if states and batch.state not in states:
        raise IllegalMove(_("The import has gone on meanwhile."), _("Look at it again."))
    return batch


def gazetteer_for(actor: Actor) -> Gazetteer:
    """Return the names of the actor's city."""
    return Gazetteer(city_of(actor))


def sealed_look(batch: Batch, look: Look) -> bytes:
    """Return a look as it is kept."""
    return seal(look.kept(), batch.id.bytes)


def look_of(batch: Batch) -> Look:
    """Return what was seen in an import's file."""
    kept: dict[str, Any] = unseal(bytes(batch.look), batch.id.bytes)
    return Look.of(kept)
