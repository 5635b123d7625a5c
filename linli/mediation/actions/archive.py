"""Archive: the file is complete, bound, sealed by its hash, and kept for its term (Act art. 27)."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.attach import keep_file
from linli.cases.files import SEALED, Content
from linli.kernel.crypto import seal_bytes
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.kernel.working_days import local_date
from linli.mediation.actions.number import give_number
from linli.mediation.actions.print_file import bound
from linli.mediation.actions.step import article_hint, begin, finish
from linli.mediation.choices import Term
from linli.mediation.models import Archive, Mediation
from linli.mediation.queries.file import missing


@transaction.atomic
def archive_mediation(
    mediation_id: UUID, *, term: str, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """Seal the file: its PDF joins the case, its hash the audit log; nothing in it changes any more."""
    mediation = begin("archive", mediation_id, actor, seen=seen)
    if actor.user_id is None:
        raise NotPermitted(_("A file has a person who keeps it."))
    if term not in Term.values:
        raise Invalid(
            _("How long it is kept is missing."), {"term": _("Choose how long it is kept.")}
        )
    if lacks := missing(mediation):
        raise IllegalMove(
            _("The file is not complete: %(lacks)s.") % {"lacks": _("; ").join(lacks)},
            article_hint("27"),
        )
    today = local_date(at)
    mediation.archived_at = at
    give_number(mediation, mediation.accepted_on or today)
    file = bound(mediation, at, keeper=actor.name, term=term)
    digest = hashlib.sha256(file.pdf).hexdigest()
    # Encrypted on disk, and opened by the committee alone: a case is seen by more people than its file.
    data = seal_bytes(file.pdf, mediation.id.bytes)
    content = Content(data, SEALED, hashlib.sha256(data).hexdigest())
    kept = keep_file(mediation.case, mediation.number, content, by=actor.user_id, at=at)
    archive = Archive(
        mediation=mediation, title=mediation.case.title[:160], pages=file.pages, sha256=digest,
        attachment=kept, sealed_at=at, keeper_id=actor.user_id, term=term,
        keep_until=kept_until(term, today),
    )  # fmt: skip
    finish(
        mediation, "archive", by=actor.user_id, at=at, changed=["archived_at", "number"],
        facts={
            "number": mediation.number, "sha256": digest, "pages": file.pages, "term": term,
        },
        rows=[archive],
    )  # fmt: skip
    return mediation


def kept_until(term: str, since: date) -> date | None:
    """Return the last day of a term that begins with the year after ``since``; None: for ever."""
    years: int | None = settings.LINLI_KEEP_FILES_YEARS.get(term)
    return date(since.year + years, 12, 31) if years else None
