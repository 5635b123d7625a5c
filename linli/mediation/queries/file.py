"""The file 卷宗 of a mediation: which papers belong in it, in order, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.cases.models import Attachment
from linli.mediation import lifecycle
from linli.mediation.choices import AgreementState, Form, PaperKind, SessionState, Source
from linli.mediation.models import (
    Agreement,
    Confirmation,
    FollowUp,
    Mandate,
    Mediation,
    Paper,
    Payment,
    Session,
)

# Scans of these join what is made from data; of the others the signed original takes its place.
BESIDE = frozenset({PaperKind.RECEIPT, PaperKind.CONFIRMATION})
# These are scans alone.
SCANS_ONLY = frozenset({PaperKind.IDENTITY, PaperKind.INQUIRY, PaperKind.EVIDENCE})
# These belong to the file as a whole and are made when it is bound.
OF_THE_FILE = frozenset({PaperKind.COVER, PaperKind.CONTENTS, PaperKind.BACK_COVER})


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper: made from data (``is_made``), scanned, or both. ``about`` is the row it speaks of."""

    kind: PaperKind
    title: str
    dated: date | None = None
    about: UUID | None = None
    is_made: bool = True
    scans: tuple[Paper, ...] = field(default=())

    @property
    def key(self) -> str:
        """Return what tells it from the others of the file."""
        return f"{self.kind}:{self.about or ''}"

    @property
    def pieces(self) -> tuple[bool, bool]:
        """Say whether the made paper, and whether the scans, go into the bound file."""
        return self.is_made and (not self.scans or self.kind in BESIDE), bool(self.scans)


def entries(mediation: Mediation) -> list[Entry]:
    """Return the papers of the file in their order, without cover, contents and back cover."""
    scans = list(_scans(mediation))
    made = list(_made(mediation))
    found = []
    for kind in PaperKind:
        if kind in OF_THE_FILE:
            continue
        of_kind = [entry for entry in made if entry.kind == kind]
        rest = [paper for paper in scans if paper.kind == kind]
        for place, entry in enumerate(of_kind):
            # A scan that names no row belongs to the only paper of its kind.
            mine = tuple(
                paper for paper in rest
                if paper.about == entry.about or (paper.about is None and place == len(of_kind) - 1)
            )  # fmt: skip
            rest = [paper for paper in rest if paper not in mine]
            found.append(_with(entry, mine))
        found += [_scanned(kind, paper) for paper in rest]
    return found


def missing(mediation: Mediation) -> list[str]:
    """Return what has to be in the file and is not, in words; empty: it can be archived.

    Asked is what the path went through: a session record where it was accepted and mediated, an
    agreement where one took effect.
    """
    lacks = []
    if _untold(mediation):
        lacks.append(_("notice of rights and duties: not every party has been told"))
    kinds = set(_scans(mediation).values_list("kind", flat=True))
    if mediation.accepted_on and PaperKind.IDENTITY not in kinds:
        lacks.append(_("identity papers (scan)"))
    held = mediation.sessions.filter(state=SessionState.HELD)
    if held.filter(closed_at=None).exists():
        lacks.append(_("session record: one is not closed yet"))
    in_effect = mediation.agreements.filter(effective_on__isnull=False)
    if in_effect.exists() and not held.exists():
        lacks.append(_("session record"))
    written = in_effect.filter(form=Form.WRITTEN, scan=None)
    for agreement in written:
        own = Q(about=agreement.id) | Q(about=None)
        if not _scans(mediation).filter(own, kind=PaperKind.AGREEMENT).exists():
            lacks.append(_("agreement with signatures and seal (scan)"))
    return list(dict.fromkeys(lacks))


def abouts(mediation: Mediation) -> list[tuple[str, str]]:
    """Return the sessions and agreements a scan can belong to, as (key, words)."""
    found = [
        (str(one.id), _("Session %(turn)s") % {"turn": one.turn})
        for one in mediation.sessions.exclude(state=SessionState.CANCELLED).order_by("turn")
    ]
    texts = mediation.agreements.exclude(state=AgreementState.DROPPED).order_by("turn")
    return found + [
        (str(one.id), _("Agreement of %(day)s") % {"day": one.reached_on.isoformat()})
        for one in texts
    ]


def files_of(mediation: Mediation) -> list[Attachment]:
    """Return the case's files that can be put into the file and are not in it yet."""
    used = _scans(mediation).values("attachment")
    fit = Q(content_type__startswith="image/") | Q(content_type="application/pdf")
    kept = Attachment.objects.filter(fit, case_id=mediation.case_id, removed_at=None)
    return list(kept.exclude(pk__in=used).order_by("added_at"))


def _scans(mediation: Mediation) -> QuerySet[Paper]:
    papers = Paper.objects.filter(mediation=mediation, removed_at=None)
    return papers.select_related("attachment").order_by("position", "dated", "id")


def _untold(mediation: Mediation) -> bool:
    parties = mediation.participants.filter(part="party", left_on=None)
    scanned = _scans(mediation).filter(kind=PaperKind.NOTICE).exists()
    return bool(mediation.accepted_on and not scanned and parties.filter(notified_on=None).exists())


def _with(entry: Entry, scans: tuple[Paper, ...]) -> Entry:
    return Entry(entry.kind, entry.title, entry.dated, entry.about, entry.is_made, scans)


def _scanned(kind: PaperKind, paper: Paper) -> Entry:
    title = paper.title or str(kind.label)
    return Entry(kind, title, paper.dated, paper.id, is_made=False, scans=(paper,))


def _made(mediation: Mediation) -> Iterator[Entry]:
    """Yield the papers that are made from what is in the system."""
    opened = timezone.localdate(mediation.opened_at)
    if mediation.source == Source.APPLICATION:
        yield _entry(PaperKind.APPLICATION, opened)
    yield _entry(PaperKind.ACCEPTANCE, mediation.accepted_on or opened)
    yield _entry(PaperKind.NOTICE, mediation.accepted_on or opened)
    given = Mandate.objects.filter(mediation=mediation).order_by("given_on").first()
    if given is not None:
        yield _entry(PaperKind.MANDATE, given.given_on)
    held = Session.objects.filter(mediation=mediation, state=SessionState.HELD).order_by("turn")
    for session in held:
        day = timezone.localdate(session.times[0])
        yield _entry(PaperKind.SESSION, day, session.id, _("no. %(n)s") % {"n": session.turn})
    yield from _agreed(mediation)
    if mediation.answered_on:
        yield _entry(PaperKind.ANSWER, mediation.answered_on)
    yield _entry(PaperKind.FILE_NOTE, None)


def _agreed(mediation: Mediation) -> Iterator[Entry]:
    kept = Agreement.objects.filter(mediation=mediation).exclude(state=AgreementState.DROPPED)
    for agreement in kept.order_by("turn"):
        oral = agreement.form == Form.ORAL
        kind = PaperKind.ORAL_AGREEMENT if oral else PaperKind.AGREEMENT
        yield _entry(kind, agreement.effective_on or agreement.reached_on, agreement.id)
    if mediation.effective_on:
        last = Payment.objects.filter(mediation=mediation).order_by("-paid_on").first()
        yield _entry(PaperKind.RECEIPT, last.paid_on if last else mediation.effective_on)
    done = FollowUp.objects.filter(mediation=mediation, done_at__isnull=False).order_by("-turn")
    if (follow_up := done.first()) is not None and follow_up.done_at:
        yield _entry(PaperKind.FOLLOW_UP, timezone.localdate(follow_up.done_at))
    asked = Confirmation.objects.filter(mediation=mediation).order_by("id").first()
    if asked is not None:
        yield _entry(PaperKind.CONFIRMATION, asked.asked_on)


def _entry(kind: PaperKind, dated: date | None, about: UUID | None = None, more: str = "") -> Entry:
    title = f"{kind.label} {more}".strip()
    return Entry(kind, title, dated, about)


def sealed(mediation: Mediation) -> bool:
    """Say whether the file is in the archive: nothing in it changes any more."""
    return mediation.state == lifecycle.ARCHIVED
