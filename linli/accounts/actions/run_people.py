"""Run people: bring a table of people in, some twenty rows a transaction.

Where it has got to and the passwords it has made are kept in the same transaction as the accounts:
whatever kills it, it goes on behind the last row that is decided, and no password is lost.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actions.import_people import Made, bring_in, record_import
from linli.accounts.actor import Actor
from linli.accounts.models import ImportState, PeopleImport
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import Refused

# An entry of the audit log holds the log's chain until its transaction ends: others wait for it.
CHUNK = 20
_TRIES = 3
UNDER_WAY = (ImportState.WAITING, ImportState.RUNNING)

log = logging.getLogger(__name__)


def run_people(
    import_id: UUID, *, actor: Actor, at: datetime, enough: Callable[[], bool] = lambda: False
) -> bool:
    """Bring in the rows that are not decided yet; returns whether none is left to be decided.

    ``enough`` is asked between chunks whether to leave the rest for later.
    """
    try:
        while _next(import_id, actor, at):
            if enough():
                return False
    except Refused as refusal:
        stop_people(import_id, str(refusal.reason))
    except Exception as error:
        log.error("import of people %s stopped: %s", import_id, type(error).__name__)
        stop_people(
            import_id, _("An error stopped it between two rows. What is in stays; let it go on.")
        )
    return True


def _next(import_id: UUID, actor: Actor, at: datetime) -> bool:
    for attempt in range(_TRIES):
        try:
            return _decide(import_id, actor, at)
        except IntegrityError:
            # Somebody gave the same sign-in name away at this moment: now it is known.
            if attempt == _TRIES - 1:
                raise
    return False


@transaction.atomic
def _decide(import_id: UUID, actor: Actor, at: datetime) -> bool:
    """Decide the next rows; returns whether there may be more."""
    found = PeopleImport.objects.select_for_update().filter(pk=import_id).first()
    if found is None or found.state not in UNDER_WAY:
        return False
    rows = [(number, row) for number, row in unseal(found.rows, found.id.bytes)]
    chunk = rows[found.position : found.position + CHUNK]
    outcome = bring_in(chunk, actor=actor, at=at)
    found.position += len(chunk)
    found.people += len(outcome.people)
    found.roles += outcome.roles
    found.unchanged += outcome.unchanged
    found.wrong += outcome.wrong
    if outcome.people:
        found.passwords = _with(found, outcome.people)
    left = found.position < len(rows)
    found.state, found.touched_at = ImportState.RUNNING if left else ImportState.DONE, at
    if not left:
        found.rows = b""
        record_import(str(found.id), found, found.people, actor=actor, at=at)
    found.save()
    return left


def _with(found: PeopleImport, made: list[Made]) -> bytes:
    kept = unseal(found.passwords, found.id.bytes) if found.passwords else []
    kept += [[one.name, one.username, one.password] for one in made]
    return seal(kept, found.id.bytes)


def stop_people(import_id: UUID, failure: str) -> None:
    """Leave an import as it stands, with the sentence why; its owner can let it go on."""
    PeopleImport.objects.filter(pk=import_id, state__in=UNDER_WAY).update(
        state=ImportState.STOPPED, failure=failure[:300]
    )
