"""Detach: a file is taken out of the case, for a reason; its row stays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.reasons import write_reason
from linli.cases.actions.step import locked
from linli.cases.files import SEALED
from linli.cases.models import Attachment
from linli.cases.policy import may_attach
from linli.kernel.errors import NotFound, NotPermitted


@transaction.atomic
def detach_case(attachment_id: UUID, *, reason: str, actor: Actor, at: datetime) -> Attachment:
    """Mark a file as removed; the worker destroys its bytes when no other row has them."""
    row = Attachment.objects.filter(pk=attachment_id, removed_at=None).first()
    if row is None or row.content_type == SEALED:
        raise NotFound(_("There is no such file here."))
    case = locked(row.case_id, actor)
    if not may_attach(actor, case):
        raise NotPermitted(_("Only the unit the case is with can do this."))
    facts = {"attachment": str(row.id), "sha256": row.sha256, **write_reason(case, reason)}
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    record("case", case.id, "case.detach", actor=actor.user_id, at=at, facts=facts)
    return row
