"""Files of a place: floor plans, photos of inspections, records. Checked by content, as with cases."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.attach import clean_name
from linli.cases.files import Content, checked, store
from linli.kernel.errors import IllegalMove, NotFound
from linli.premises.actions.step import locked, open_one, tell
from linli.premises.choices import FilePurpose, Happened
from linli.premises.models import Premises, StoredFile
from linli.premises.policy import permit_keep

MOST_FILES = 200


@transaction.atomic
def add_file(
    premises_id: UUID,
    *,
    purpose: str,
    name: str,
    data: bytes,
    actor: Actor,
    at: datetime,
    floor: str = "",
) -> StoredFile:
    """Check and keep a floor plan or a record."""
    place = open_one(premises_id, actor)
    permit_keep(actor, place.area_id)
    if StoredFile.objects.filter(premises=place, removed_at=None, about=None).count() >= MOST_FILES:
        raise IllegalMove(_("This place has 200 files already."))
    content = (name, checked(data))
    kept = keep_file(place, content, purpose=purpose, by=actor.user_id, at=at, floor=floor)
    tell(
        place,
        Happened.FILE,
        actor=actor,
        at=at,
        facts={"file": str(kept.id), "sha256": kept.sha256},
    )
    return kept


def keep_file(
    place: Premises,
    file: tuple[str, Content],
    *,
    purpose: str,
    by: UUID | None,
    at: datetime,
    about: UUID | None = None,
    floor: str = "",
) -> StoredFile:
    """Keep checked bytes as a file of a locked place. Who may is the caller's affair."""
    name, content = file
    store(content)
    row = StoredFile(
        premises=place, purpose=purpose, about=about, floor=floor.strip()[:10],
        name=clean_name(name), content_type=content.content_type, size=len(content.data),
        sha256=content.sha256, added_at=at, added_by_id=by,
    )  # fmt: skip
    row.save(force_insert=True)
    if about is not None:
        facts = {"file": str(row.id), "sha256": row.sha256, "about": str(about)}
        record("premises", place.id, "premises.photo", actor=by, at=at, facts=facts)
    return row


def keep_photo(
    place: Premises, file: tuple[str, Content], about: UUID, *, by: UUID | None, at: datetime
) -> StoredFile:
    """Keep a photo that proves what was seen: a line of an inspection, or a look."""
    return keep_file(place, file, purpose=FilePurpose.PHOTO, about=about, by=by, at=at)


@transaction.atomic
def remove_file(file_id: UUID, *, actor: Actor, at: datetime) -> StoredFile:
    """Take a plan or a record out. Photos of inspections stay with what they prove."""
    file = StoredFile.objects.filter(pk=file_id, removed_at=None).first()
    if file is None:
        raise NotFound(_("There is no such file here."))
    place = locked(file.premises_id, actor)
    permit_keep(actor, place.area_id)
    if file.purpose == FilePurpose.PHOTO:
        raise IllegalMove(_("Photos of an inspection stay with it."))
    file.removed_at = at
    file.save(update_fields=["removed_at"])
    tell(place, Happened.FILE_OUT, actor=actor, at=at, facts={"file": str(file.id)})
    return file
