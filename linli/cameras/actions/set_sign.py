"""Set the sign: a photo shows that people are told of the camera where it stands."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.actions.step import locked
from linli.cameras.models import Camera
from linli.cases.files import PHOTOS, checked, store
from linli.kernel.errors import Invalid


@transaction.atomic
def set_sign(camera_id: UUID, *, name: str, data: bytes, actor: Actor, at: datetime) -> Camera:
    """Keep a photo of the camera's sign; the one before is let go."""
    camera = locked(camera_id, actor)
    content = checked(data)
    if content.content_type not in PHOTOS:
        reason = _("The sign is shown by a photo: JPEG, PNG or WebP.")
        raise Invalid(reason, {"files": reason})
    store(content)
    camera.sign_name = clean_name(name)
    camera.sign_type, camera.sign_sha256 = content.content_type, content.sha256
    camera.version += 1
    camera.save(update_fields=["sign_name", "sign_type", "sign_sha256", "version"])
    facts = {"sha256": content.sha256, "size": len(content.data)}
    record("camera", camera.id, "camera.set_sign", actor=actor.user_id, at=at, facts=facts)
    return camera


def clean_name(name: str) -> str:
    """Return a file's own name without path and control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip() or _("file")
    return printable[-120:]
