"""Give passwords: hand the importer the one-time passwords of the accounts a table made, once."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import ImportState, PeopleImport
from linli.kernel.crypto import unseal
from linli.kernel.errors import NotFound


@transaction.atomic
def give_passwords(import_id: UUID, *, actor: Actor) -> list[list[str]]:
    """Return name, sign-in name and password of each account, and forget them.

    Only when the import is at rest: what is fetched in the middle would be half a list.
    """
    found = (
        PeopleImport.objects.select_for_update()
        .filter(pk=import_id, by=actor.user_id)
        .filter(state__in=(ImportState.DONE, ImportState.STOPPED))
        .first()
    )
    if found is None or not found.passwords:
        raise NotFound(
            _("This is no longer kept."),
            _("Passwords are given out once, within a day."),
        )
    made: list[list[str]] = unseal(found.passwords, found.id.bytes)
    found.passwords = b""
    found.save(update_fields=["passwords"])
    return made
