"""Read why: an auditor opens the words behind an entry; the opening is an entry itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.log import Line, entry_with_reason, line_of, reason_text
from linli.accounts.policy import may_read_log
from linli.audit.record import record
from linli.kernel.errors import NotFound, NotPermitted


@transaction.atomic
def read_reason(entry: int, *, actor: Actor, at: datetime) -> tuple[Line, str | None]:
    """Return an entry and its reason; None for words that were erased or no longer match the hash.

    A reason may name a person, so it is opened one by one and never listed or exported.
    """
    if not may_read_log(actor):
        raise NotPermitted(_("Only auditors read the log."))
    row = entry_with_reason(actor, entry)
    if row is None:
        raise NotFound(_("There is no such entry here."))
    record("log", str(entry), "log.read_reason", actor=actor.user_id, at=at)
    return line_of(row), reason_text(row)
