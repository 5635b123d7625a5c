"""Files of cases on disk: what may come in, and where it lies. Knows nothing of rows or people.

A file lies under ``MEDIA_ROOT`` at ``ab/cd/<SHA-256>``, so that the same content is kept once.
"""

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from linli.kernel.errors import Invalid

LARGEST = 20 * 1024 * 1024
PHOTOS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Encrypted by the room it belongs to: only that room opens it, a case's page does not show it.
SEALED = "application/vnd.linli.sealed"
ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.docx"
# Beyond this a picture is a bomb and not a photo.
MOST_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """Checked bytes, ready to be stored."""

    data: bytes
    content_type: str
    sha256: str


def checked(data: bytes) -> Content:
    """Return what may be kept of an uploaded file; raises :class:`Invalid` with the reason.

    The type is read from the content, never from the name. Photos lose the place they were taken.
    """
    if not data:
        raise _refused(_("The file is empty."))
    if len(data) > LARGEST:
        raise _refused(_("The file is larger than 20 MB. Scan it in grey, or send it in parts."))
    kind = _sniff(data)
    if kind in PHOTOS:
        data = _without_place(data, PHOTOS[kind])
    elif kind == DOCX:
        _refuse_macros(data)
    return Content(data, kind, hashlib.sha256(data).hexdigest())


def path_of(sha256: str) -> Path:
    """Return where the content with this hash lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def store(content: Content) -> None:
    """Write the content to its place, whole or not at all; known content is only touched."""
    path = path_of(content.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        # Young again: the sweep leaves young files alone while their row is being written.
        os.utime(path)
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with draft.open("wb") as file:
        file.write(content.data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def stored_before(moment: float) -> Iterator[Path]:
    """Yield the files last touched before ``moment`` (seconds since the epoch)."""
    for path in Path(settings.MEDIA_ROOT).glob("??/??/*"):
        if path.stat().st_mtime < moment:
            yield path


def _refused(reason: str) -> Invalid:
    return Invalid(reason, {"files": reason})


def _sniff(data: bytes) -> str:
    try:
        found = {match.mime_type for match in puremagic.magic_string(data[:8192])}
    except puremagic.PureError:
        found = set()
    for kind in (*PHOTOS, PDF):
        if kind in found:
            return kind
    if data.startswith(b"PK\x03\x04") and _is_docx(data):
        return DOCX
    raise _refused(
        _("Only photos (JPEG, PNG, WebP), PDF and Word documents (.docx). Save it as one of these.")
    )


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {"[Content_Types].xml", "word/document.xml"} <= set(archive.namelist())
    except zipfile.BadZipFile:
        return False


def _refuse_macros(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
            raise _refused(_("The document contains macros. Save it without them, or as PDF."))


def _without_place(data: bytes, form: str) -> bytes:
    """Return the photo as it is, or without its EXIF and XMP where they tell the place."""
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _refused(_("The picture has more than 100 million points. Make it smaller."))
            image.load()
            exif = image.getexif()
            if not exif.get_ifd(ExifTags.IFD.GPSInfo) and b"GPS" not in _xmp(image):
                return data
            del exif[ExifTags.IFD.GPSInfo]
            clean = io.BytesIO()
            kept = {
                "exif": exif.tobytes(),
                "xmp": b"",
                "icc_profile": image.info.get("icc_profile"),
            }
            if form == "PNG":
                del kept["xmp"]
                image.info.pop("xmp", None)
            quality = {"JPEG": "keep", "WEBP": 92}.get(form)
            image.save(clean, form, **kept, **({"quality": quality} if quality else {}))
            return clean.getvalue()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise _refused(_("The picture is damaged. Take or scan it again.")) from fault


def _xmp(image: Image.Image) -> bytes:
    for name in ("xmp", "XML:com.adobe.xmp"):
        value = image.info.get(name)
        if value:
            return value if isinstance(value, bytes) else str(value).encode()
    return b""
