"""Print: a paper as Word or PDF, or the whole file. What is opened is recorded."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.files import PDF, path_of
from linli.kernel.crypto import unseal_bytes
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.mediation.actions.step import held
from linli.mediation.choices import PaperKind, Term
from linli.mediation.models import Agreement, Mediation, Paper, Session, Template
from linli.mediation.papers.bind import BadScan, Bound, Piece, Scan, bind, page_of, print_word
from linli.mediation.papers.fill import BadTemplate, fill
from linli.mediation.papers.forms_after import FORMS
from linli.mediation.papers.word_template import word_template
from linli.mediation.policy import may_print
from linli.mediation.queries.facts import LANGUAGE, agreement_words, facts, session_words
from linli.mediation.queries.file import Entry, entries, sealed


@transaction.atomic
def print_paper(
    mediation_id: UUID,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    about: UUID | None = None,
    as_pdf: bool = False,
) -> bytes:
    """Return one form filled, as Word or as PDF; ``about`` names the session or the agreement."""
    mediation = _opened(mediation_id, actor)
    if kind not in FORMS:
        raise NotFound(_("There is no such form."))
    _record(mediation, kind, actor, at)
    words = facts(mediation, at, keeper=actor.name)
    word = _filled(PaperKind(kind), words | _about(mediation, kind, about))
    return print_word(word) if as_pdf else word


@transaction.atomic
def print_file(mediation_id: UUID, *, actor: Actor, at: datetime) -> bytes:
    """Return the whole file as PDF: as it stands, or as it was sealed."""
    mediation = _opened(mediation_id, actor)
    _record(mediation, "file", actor, at)
    if sealed(mediation):
        row = mediation.archive.attachment
        if row is None or row.removed_at is not None:
            raise IllegalMove(_("This file was destroyed."))
        return _unsealed(mediation, row.sha256)
    return bound(mediation, at, keeper=actor.name).pdf


def _unsealed(mediation: Mediation, sha256: str) -> bytes:
    """Return the sealed file; raises where it is not what was sealed."""
    try:
        pdf = unseal_bytes(path_of(sha256).read_bytes(), mediation.id.bytes)
    except FileNotFoundError:
        raise NotFound(_("The file is missing on disk. Tell your administrator.")) from None
    if hashlib.sha256(pdf).hexdigest() != mediation.archive.sha256:
        raise IllegalMove(_("The file is not the one that was sealed. Tell your administrator."))
    return pdf


def bound(mediation: Mediation, at: datetime, *, keeper: str, term: str = "") -> Bound:
    """Return the file of a mediation, bound; raises :class:`Invalid` where a paper is unreadable."""
    with translation.override(LANGUAGE):
        found = entries(mediation)
        named = str(Term(term).label) if term else ""
        words = facts(mediation, at, keeper=keeper, term=named)
        title = words["file"]["title"]
    words["papers"] = [
        {
            "no": str(place), "title": entry.title, "note": "",
            "dated": entry.dated.isoformat() if entry.dated else "", "page": page_of(entry.key),
        }
        for place, entry in enumerate(found, 1)
    ]  # fmt: skip
    pieces = [piece for entry in found for piece in _pieces(mediation, entry, words)]
    try:
        return bind(
            pieces, title=title, cover=_filled(PaperKind.COVER, words),
            contents=_filled(PaperKind.CONTENTS, words),
            back=_filled(PaperKind.BACK_COVER, words | {"pages": page_of("last")}),
        )  # fmt: skip
    except BadScan as error:
        raise Invalid(
            _("“%(title)s” can't be read.") % {"title": error.title},
            {"paper": _("Take it out of the file and scan it again.")},
        ) from error


def _opened(mediation_id: UUID, actor: Actor) -> Mediation:
    mediation = held(mediation_id, actor)
    if not may_print(actor, mediation):
        raise NotPermitted(_("Only the committee that mediates can do this."))
    return mediation


def _record(mediation: Mediation, paper: str, actor: Actor, at: datetime) -> None:
    record(
        "mediation", mediation.id, "mediation.print", actor=actor.user_id, at=at,
        facts={"case": str(mediation.case_id), "paper": paper},
    )  # fmt: skip


def _filled(kind: PaperKind, words: Mapping[str, Any]) -> bytes:
    own = Template.objects.filter(kind=kind, withdrawn_at=None).order_by("-added_at").first()
    try:
        return fill(bytes(own.document) if own else word_template(kind), words)
    except BadTemplate as error:
        raise Invalid(
            _("The template of “%(form)s” can't be filled.") % {"form": kind.label},
            {"template": error.detail},
        ) from error


def _about(mediation: Mediation, kind: str, about: UUID | None) -> dict[str, Any]:
    """Return the words of the session or the agreement a form is about; none for the others."""
    if kind == PaperKind.SESSION:
        rows = Session.objects.filter(mediation=mediation).select_related("room", "mediation")
        session = rows.filter(pk=about).first() if about else rows.order_by("-turn").first()
        if session is None:
            raise NotFound(_("There is no such session here."))
        return {"session": session_words(session)}
    if kind in (PaperKind.AGREEMENT, PaperKind.ORAL_AGREEMENT, PaperKind.CONFIRMATION):
        texts = Agreement.objects.filter(mediation=mediation).exclude(state="dropped")
        agreement = texts.filter(pk=about).first() if about else texts.order_by("-turn").first()
        if agreement is None:
            raise NotFound(_("There is no agreement here yet."))
        return {"agreement": agreement_words(agreement)}
    return {}


def _pieces(mediation: Mediation, entry: Entry, words: Mapping[str, Any]) -> Iterable[Piece]:
    made, scanned = entry.pieces
    if made:
        about = _about(mediation, entry.kind, entry.about)
        yield Piece(entry.key, entry.title, word=_filled(entry.kind, {**words, **about}))
    if scanned:
        key = f"{entry.key}:scans" if made else entry.key
        yield Piece(key, entry.title, scans=tuple(_scan(paper) for paper in entry.scans))


def _scan(paper: Paper) -> Scan:
    row = paper.attachment
    try:
        data = path_of(row.sha256).read_bytes()
    except FileNotFoundError:
        raise NotFound(_("The file is missing on disk. Tell your administrator.")) from None
    return Scan(data, row.content_type == PDF)
