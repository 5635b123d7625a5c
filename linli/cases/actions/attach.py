"""Attach: a photo or a scan joins the case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.step import locked
from linli.cases.files import Content, checked, store
from linli.cases.models import Attachment, Case
from linli.cases.policy import may_attach
from linli.kernel.errors import IllegalMove, NotPermitted

MOST_FILES = 200


@transaction.atomic
def attach_case(
    case_id: UUID, *, name: str, data: bytes | Content, actor: Actor, at: datetime
) -> Attachment:
    """Check and keep a file, unless the caller has checked it. The bytes are on disk before the row."""
    case = locked(case_id, actor)
    if not may_attach(actor, case):
        raise NotPermitted(_("Only the unit the case is with can do this."))
    if Attachment.objects.filter(case=case, removed_at=None).count() >= MOST_FILES:
        raise IllegalMove(_("The case has 200 files already."), _("Put several into one PDF."))
    content = data if isinstance(data, Content) else checked(data)
    return keep_file(case, name, content, by=actor.user_id, at=at)


def keep_file(
    case: Case, name: str, content: Content, *, by: UUID | None, at: datetime
) -> Attachment:
    """Keep checked bytes as a file of a locked case. Who may is the caller's affair."""
    store(content)
    row = Attachment(
        case=case, name=clean_name(name), content_type=content.content_type, size=len(content.data),
        sha256=content.sha256, added_at=at, added_by_id=by,
    )  # fmt: skip
    row.save(force_insert=True)
    facts = {"attachment": str(row.id), "sha256": row.sha256, "size": row.size}
    record("case", case.id, "case.attach", actor=by, at=at, facts=facts)
    return row


def clean_name(name: str) -> str:
    """Return the file's own name without path and control characters, its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip() or _("file")
    return printable if len(printable) <= 120 else f"{printable[:100]}…{printable[-19:]}"
