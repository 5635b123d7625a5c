"""Add a statute of the city's own, or replace one, from its Markdown file."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.legal.models import Statute
from linli.legal.policy import permit_edit
from linli.legal.queries import forget
from linli.legal.statute_file import LONGEST, Fault, UnreadableError, read_statute


class FaultyStatute(Invalid):
    """The file cannot be read as a statute; ``faults`` name lines and reasons."""

    def __init__(self, faults: list[Fault]) -> None:
        """Say the first fault; the rest is in ``faults``."""
        first = faults[0]
        reason = _("Line %(line)d: %(reason)s") % {"line": first.line, "reason": first.reason}
        super().__init__(reason, {"file": reason})
        self.faults = faults


@transaction.atomic
def add_statute(source: str, *, actor: Actor, at: datetime, file: str = "") -> Statute:
    """Save one wording; the same title and first day replaces the one that is there.

    ``file`` is its name in the folder of statutes. Raises :class:`FaultyStatute`.
    """
    permit_edit(actor)
    if len(source.encode()) > LONGEST:
        raise Invalid(_("The file is larger than 2 MB."))
    try:
        law = read_statute(source)
    except UnreadableError as error:
        raise FaultyStatute(error.faults) from error
    statute, is_new = Statute.objects.update_or_create(
        title=law.title,
        valid_from=law.valid_from,
        defaults={
            "valid_until": law.valid_until,
            "source": source,
            "file": file,
            "changed_at": at,
            "changed_by_id": actor.user_id,
        },
    )
    verb = "add" if is_new else "replace"
    record("statute", statute.id, f"statute.{verb}", actor=actor.user_id, at=at)
    transaction.on_commit(forget)
    return statute
