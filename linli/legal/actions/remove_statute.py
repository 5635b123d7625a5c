"""Take a statute of the city's own out of the library."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import NotFound
from linli.legal.models import Statute
from linli.legal.policy import permit_edit
from linli.legal.queries import forget


@transaction.atomic
def remove_statute(statute_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Delete one wording; one that lies in the folder comes back unless its file goes too."""
    permit_edit(actor)
    statute = Statute.objects.select_for_update().filter(pk=statute_id).first()
    if statute is None:
        raise NotFound(_("There is no such statute."))
    statute.delete()
    record("statute", statute_id, "statute.remove", actor=actor.user_id, at=at)
    transaction.on_commit(forget)
