"""Take people: keep a table of people for whoever uploaded it, until they have looked at it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import ImportState, PeopleImport
from linli.accounts.policy import administered
from linli.accounts.sheets import Row
from linli.kernel.crypto import seal
from linli.kernel.errors import NotPermitted
from linli.kernel.ids import new_id


def take_people(rows: Sequence[tuple[int, Row]], *, actor: Actor, at: datetime) -> PeopleImport:
    """Keep the rows, sealed; nothing is brought in yet."""
    if actor.user_id is None or not administered(actor):
        raise NotPermitted(_("Only administrators manage people."))
    key = new_id()
    return PeopleImport.objects.create(
        id=key,
        by_id=actor.user_id,
        state=ImportState.READY,
        rows=seal(list(rows), key.bytes),
        total=len(rows),
        touched_at=at,
    )
