"""Files: judged by their content, kept once, stripped of places, seen only within the scope."""

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone
from PIL import ExifTags, Image

from linli.audit.models import Entry
from linli.cases.actions.sweep import sweep_files
from linli.cases.files import LARGEST, checked, path_of
from linli.cases.models import Attachment, Case
from linli.cases.tests.desk import Desk, text_of
from linli.kernel.errors import Invalid

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def photo(form: str = "JPEG", *, placed: bool = False) -> bytes:
    """Return a small picture, with the place it was taken if wanted."""
    image, out = Image.new("RGB", (40, 30), "teal"), io.BytesIO()
    exif = image.getexif()
    exif[ExifTags.Base.Model] = "camera"
    if placed:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (38.0, 31.0, 0.0)
    image.save(out, form, exif=exif.tobytes())
    return out.getvalue()


def document(*names: str) -> bytes:
    """Return a zip archive with these members, as Word writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *names):
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.fixture
def case(desk: Desk, tmp_path: Path) -> Any:
    """Return a case in hand; files go to a directory of the test's own."""
    with override_settings(MEDIA_ROOT=tmp_path):
        yield desk.at("handling")


def send(desk: Desk, name: str, case: Case, *files: tuple[str, bytes]) -> Any:
    """Upload files as a browser does."""
    uploads = [SimpleUploadedFile(given, data) for given, data in files]
    return desk.client(name).post(f"/cases/{case.id}/files/", {"files": uploads}, follow=True)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (photo("JPEG"), "image/jpeg"),
        (photo("PNG"), "image/png"),
        (photo("WEBP"), "image/webp"),
        (PDF, "application/pdf"),
        (document(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_what_is_accepted_comes_back_byte_for_byte(
    desk: Desk, case: Case, data: bytes, kind: str
) -> None:
    assert send(desk, "mediator", case, ("材料", data)).status_code == 200
    row = Attachment.objects.get(case=case)
    assert (row.content_type, row.size) == (kind, len(data))
    answer = desk.client("mediator").get(f"/cases/{case.id}/files/{row.id}/")
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Type"] == kind
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    disposition = "inline" if kind.startswith("image/") else "attachment"
    assert answer["Content-Disposition"].startswith(disposition)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00 program",
        photo()[:200],
        b"\x89PNG\r\n\x1a\n not a picture",
        document("word/vbaProject.bin"),
        b"PK\x03\x04 not a document",
        b"x" * (LARGEST + 1),
    ],
)
def test_what_is_not_accepted_is_named_and_leaves_nothing(
    desk: Desk, case: Case, tmp_path: Path, data: bytes
) -> None:
    answer = send(desk, "mediator", case, ("照片.jpg", data), ("好的.pdf", PDF))
    page = text_of(answer)
    if data:  # a browser sends no empty file
        assert "照片.jpg" in page
        assert Attachment.objects.count() == 1, "the good one is kept"
    with pytest.raises(Invalid):
        checked(data)


def test_a_photo_loses_its_place_and_nothing_else(desk: Desk, case: Case) -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        clean = checked(photo(form, placed=True)).data
        with Image.open(io.BytesIO(clean)) as image:
            assert not image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
            assert image.getexif()[ExifTags.Base.Model] == "camera"


def test_the_same_content_lies_on_disk_once(desk: Desk, case: Case, tmp_path: Path) -> None:
    send(desk, "mediator", case, ("a.pdf", PDF), ("../../b.pdf", PDF))
    assert [row.name for row in Attachment.objects.order_by("id")] == ["a.pdf", "b.pdf"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_who_sees_and_who_adds(desk: Desk, case: Case) -> None:
    send(desk, "mediator", case, ("a.pdf", PDF))
    row = Attachment.objects.get()
    address = f"/cases/{case.id}/files/{row.id}/"
    assert desk.client("director").get(address).status_code == 200
    for name in ("neighbour_clerk", "officer", "grid_worker", "auditor"):
        assert desk.client(name).get(address).status_code == 404
        assert desk.client(name).post(f"/cases/{case.id}/files/", {"files": []}).status_code == 422
        assert send(desk, name, case, ("b.pdf", PDF)).status_code == 404
    # The file of another case is not reached through this one.
    other = desk.at("handling", title="另一件")
    assert desk.client("mediator").get(f"/cases/{other.id}/files/{row.id}/").status_code == 404


def test_taken_out_for_a_reason_and_swept_from_the_disk(desk: Desk, case: Case) -> None:
    send(desk, "mediator", case, ("a.pdf", PDF))
    row = Attachment.objects.get()
    address = f"/cases/{case.id}/files/{row.id}/detach/"
    assert desk.client("mediator").post(address, {"reason": ""}).status_code == 422
    assert desk.client("mediator").post(address, {"reason": "传错了"}).status_code == 422
    assert desk.client("mediator").post(address, {"reason": "传错了文件"}).status_code == 302
    assert desk.client("mediator").get(f"/cases/{case.id}/files/{row.id}/").status_code == 404
    events = Entry.objects.filter(object_id=str(case.id)).order_by("id")
    assert [entry.event for entry in events][-2:] == ["case.attach", "case.detach"]
    path, now = path_of(row.sha256), timezone.now()
    assert sweep_files(at=now) == 0, "what is young may still get its row"
    os.utime(path, (now.timestamp() - 2 * 86400,) * 2)
    assert sweep_files(at=now) == 1
    assert not path.exists()


def test_the_sweep_leaves_what_a_row_refers_to(desk: Desk, case: Case) -> None:
    send(desk, "mediator", case, ("a.pdf", PDF))
    path, now = path_of(Attachment.objects.get().sha256), timezone.now()
    os.utime(path, (now.timestamp() - 2 * 86400,) * 2)
    assert sweep_files(at=now) == 0
