"""Add a paper: a scan or photo among the case's files is put into its place in the file."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.files import PDF, PHOTOS
from linli.cases.models import Attachment
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.mediation.actions.days import check_day
from linli.mediation.actions.step import article_hint, held
from linli.mediation.choices import PaperKind
from linli.mediation.models import Mediation, Paper
from linli.mediation.policy import may_print
from linli.mediation.queries.file import OF_THE_FILE, sealed


@transaction.atomic
def add_paper(
    mediation_id: UUID,
    *,
    kind: str,
    attachment: UUID,
    dated: date,
    actor: Actor,
    at: datetime,
    title: str = "",
    about: UUID | None = None,
) -> Paper:
    """Put a file of the case into the mediation's file, as a paper of ``kind``.

    ``about`` is the session or the agreement it is the signed original of.
    """
    mediation = open_file(mediation_id, actor)
    if kind not in PaperKind.values or kind in OF_THE_FILE:
        raise Invalid(
            _("What the paper is, is missing."), {"kind": _("Choose what kind of paper it is.")}
        )
    check_day("dated", dated, at)
    row = _scan(mediation, attachment)
    if about is not None and not _speaks_of(mediation, about):
        raise NotFound(_("There is no such session or agreement here."))
    paper = Paper(
        mediation=mediation, kind=kind, attachment=row, dated=dated, about=about,
        title=title.strip() or str(PaperKind(kind).label),
        position=Paper.objects.filter(mediation=mediation).count(),
    )  # fmt: skip
    facts = {
        "case": str(mediation.case_id),
        "paper": str(paper.id),
        "kind": kind,
        "sha256": row.sha256,
    }
    record(
        "mediation", mediation.id, "mediation.add_paper", actor=actor.user_id, at=at, facts=facts,
        rows=[paper],
    )  # fmt: skip
    return paper


@transaction.atomic
def remove_paper(paper_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take a paper out of the file; the case keeps its scan."""
    paper = Paper.objects.filter(pk=paper_id, removed_at=None).first()
    if paper is None:
        raise NotFound(_("There is no such paper here."))
    mediation = open_file(paper.mediation_id, actor)
    paper.removed_at = at
    paper.save(update_fields=["removed_at"])
    record(
        "mediation", mediation.id, "mediation.remove_paper", actor=actor.user_id, at=at,
        facts={"case": str(mediation.case_id), "paper": str(paper.id), "kind": paper.kind},
    )  # fmt: skip


def open_file(mediation_id: UUID, actor: Actor) -> Mediation:
    """Return a mediation whose file the actor may change; raises where it is sealed."""
    mediation = held(mediation_id, actor)
    if not may_print(actor, mediation):
        raise NotPermitted(_("Only the committee that mediates can do this."))
    if sealed(mediation):
        raise IllegalMove(_("The file is sealed in the archive."), article_hint("27"))
    return mediation


def _scan(mediation: Mediation, attachment: UUID) -> Attachment:
    found = Attachment.objects.filter(case_id=mediation.case_id, pk=attachment, removed_at=None)
    row = found.first()
    if row is None:
        raise NotFound(_("There is no such file here."))
    if not (row.content_type in PHOTOS or row.content_type == PDF):
        raise Invalid(
            _("Only photos and PDF files can be bound."),
            {"attachment": _("Choose a scan, a photo or a PDF.")},
        )
    return row


def _speaks_of(mediation: Mediation, about: UUID) -> bool:
    return (
        mediation.sessions.filter(pk=about).exists()
        or mediation.agreements.filter(pk=about).exists()
    )
