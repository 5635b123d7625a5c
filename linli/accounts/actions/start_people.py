"""Start people: let the worker bring a table of people in, or go on with one that stopped."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as queue

from linli.accounts.actor import Actor
from linli.accounts.models import ImportState, PeopleImport
from linli.accounts.policy import administered
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted

TASK = "linli.accounts.tasks.run_people"


@transaction.atomic
def start_people(import_id: UUID, *, actor: Actor, at: datetime) -> PeopleImport:
    """Let the worker bring in the rows that are not decided yet."""
    if not administered(actor):
        raise NotPermitted(_("Only administrators manage people."))
    found = PeopleImport.objects.select_for_update().filter(pk=import_id, by=actor.user_id).first()
    if found is None:
        raise NotFound(_("This is no longer kept."), _("Upload the table again."))
    if found.state not in (ImportState.READY, ImportState.STOPPED):
        raise IllegalMove(_("The import has gone on meanwhile."), _("Look at it again."))
    found.state, found.failure, found.touched_at = ImportState.WAITING, "", at
    found.save(update_fields=["state", "failure", "touched_at"])
    queue.configure_task(TASK).defer(import_id=str(found.id))
    return found
