"""Publish: what everybody may read of a request or hazard, after somebody of the staff has looked."""

import io
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.files import path_of
from linli.cases.models import Case
from linli.kernel.errors import Invalid, NotFound, NotPermitted, Stale
from linli.portal.lifecycle import PUBLIC, PUBLISHABLE_KINDS, PUBLISHED, REVIEW_STATES, WAITING
from linli.portal.models import Photo, Publication, Report
from linli.portal.policy import may_review
from linli.portal.texts import without_numbers

# About 100 m: enough to find the broken lamp's street, too coarse for somebody's door.
DECIMALS = 3
LONGEST = 1000
# The larger side of a public photo, in points.
_SIDE, _QUALITY = 1280, 80


def ask_to_publish(
    report: Report, text: str, latitude: float | None, longitude: float | None, at: datetime
) -> Publication:
    """Put a report before the staff; nothing of it is public until they decide."""
    row = Publication(
        case_id=report.case_id, report=report, state=WAITING,
        text=without_numbers(text)[:LONGEST], asked_at=at,
        latitude=None if latitude is None else round(latitude, DECIMALS),
        longitude=None if longitude is None else round(longitude, DECIMALS),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@transaction.atomic
def review(
    publication_id: UUID, *, state: str, text: str, answer: str, photo_id: UUID | None,
    actor: Actor, at: datetime, seen: str | None = None,
) -> Publication:  # fmt: skip
    """Publish with or without the photo, or refuse; ``seen`` is the state the page showed."""
    row = _locked(publication_id)
    case = Case.objects.select_related("holder").get(pk=row.case_id)
    if not may_review(actor, case):
        raise NotPermitted(_("Only the desk of a centre that covers it decides what is public."))
    if seen is not None and seen != row.state:
        raise Stale(_("A colleague decided on this meanwhile."), _("Look at it again."))
    text, answer = text.strip()[:LONGEST], answer.strip()[:LONGEST]
    _check(state, text, case)
    row.state, row.text, row.answer = state, text, answer
    row.photo = _public_photo(row, photo_id) if state == PUBLISHED and photo_id else None
    row.decided_at, row.decided_by_id = at, actor.user_id
    row.save(update_fields=["state", "text", "answer", "photo", "decided_at", "decided_by"])
    facts = {"publication": str(row.id), "state": state, "photo": row.photo is not None}
    record("case", row.case_id, "portal.review", actor=actor.user_id, at=at, facts=facts)
    return row


def _check(state: str, text: str, case: Case) -> None:
    if state not in REVIEW_STATES or state == WAITING:
        raise Invalid(_("Please decide."), {"state": _("Please decide.")})
    if state in PUBLIC and case.kind not in PUBLISHABLE_KINDS:
        raise Invalid(_("Only requests and hazards are made public; this case is of another kind."))
    if state in PUBLIC and not text:
        raise Invalid(_("The public text is missing."), {"text": _("The public text is missing.")})


def _locked(publication_id: UUID) -> Publication:
    row = Publication.objects.select_for_update().filter(pk=publication_id).first()
    if row is None:
        raise NotFound(_("There is nothing to decide here."))
    return row


def _public_photo(row: Publication, photo_id: UUID) -> bytes:
    """Return the photo drawn anew: smaller, and without a word of what the camera wrote into it."""
    photo = Photo.objects.filter(pk=photo_id, report=row.report_id).first()
    if photo is None or photo.attachment.removed_at is not None:
        raise Invalid(_("This photo is no longer there."), {"photo": _("Choose another one.")})
    try:
        with Image.open(path_of(photo.sha256)) as image:
            drawn = ImageOps.exif_transpose(image).convert("RGB")
            drawn.thumbnail((_SIDE, _SIDE))
            clean = io.BytesIO()
            drawn.save(clean, "JPEG", quality=_QUALITY)
            return clean.getvalue()
    except OSError as fault:
        raise Invalid(
            _("This photo can't be opened."), {"photo": _("Choose another one.")}
        ) from fault
