"""Writing into the conversation: a message with its photos, by either side."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.attach import attach_case
from linli.cases.files import PHOTOS, Content, checked
from linli.kernel.crypto import text_hash
from linli.kernel.errors import Invalid
from linli.portal.lifecycle import MOST_PHOTOS
from linli.portal.models import Message, Photo, Report, Side

type Photos = Sequence[Content]


def checked_photos(files: Sequence[bytes]) -> Photos:
    """Return the photos as they may be kept; raises :class:`Invalid` for what is none.

    Done before any row is locked: looking into a picture takes its time.
    """
    if len(files) > MOST_PHOTOS:
        raise _not_taken(_("Three photos at most. The others can be added later."))
    contents = []
    for data in files:
        try:
            content = checked(data)
        except Invalid as refusal:
            raise _not_taken(str(refusal.reason)) from refusal
        if content.content_type not in PHOTOS:
            raise _not_taken(_("This is not a photo. Please choose a picture (JPEG, PNG, WebP)."))
        contents.append(content)
    return contents


def write(
    report: Report, word: str, text: str, *, actor: Actor, at: datetime, side: str = Side.RESIDENT,
    photos: Photos = (), satisfaction: int | None = None,
) -> Message:  # fmt: skip
    """Save a message and its photos, and record it; the caller has opened the transaction."""
    message = Message(
        report=report, case_id=report.case_id, side=side, word=word, at=at, by_id=actor.user_id,
        text=text, satisfaction=satisfaction,
    )  # fmt: skip
    message.save(force_insert=True)
    for number, content in enumerate(photos, 1):
        _keep(message, content, number, actor, at)
    facts = {"message": str(message.id), "word": word, "photos": len(photos)}
    if text:
        facts["text"] = text_hash(text, message.id.bytes)
    event = f"portal.{word}"
    record("case", report.case_id, event, actor=actor.user_id, at=at, facts=facts)
    return message


def _keep(message: Message, content: Content, number: int, actor: Actor, at: datetime) -> None:
    ending = PHOTOS[content.content_type].lower()
    name = _("photo from the resident %(number)s") % {"number": number} + f".{ending}"
    row = attach_case(message.case_id, name=name, data=content, actor=actor, at=at)
    Photo(
        report_id=message.report_id, message=message, attachment=row,
        content_type=row.content_type, sha256=row.sha256,
    ).save(force_insert=True)  # fmt: skip


def _not_taken(reason: str) -> Invalid:
    return Invalid(reason, {"photos": reason})
