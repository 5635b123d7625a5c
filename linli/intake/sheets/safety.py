"""What a file really is, and whether it may be opened at all. Trusts neither its name nor its sizes."""

import io
import zipfile
import zlib

from linli.intake.sheets.faults import Fault

MOST_BYTES = 60 * 1024 * 1024
# A table of 200,000 rows and 30 columns unpacks to some 250 MB of XML.
MOST_UNPACKED = 600 * 1024 * 1024
MOST_PARTS = 2_000
# XML packs to a tenth, repeated cells to a fiftieth; what packs to less was made to explode.
MOST_RATIO = 200
SMALL = 20 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1024 * 1024
_OTHERS = {
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
    b"SQLite": "other",
    b"MZ": "other",
    b"\x7fELF": "other",
}


def kind_of(data: bytes) -> str:
    """Return ``book``, ``page`` or ``text``; raises :class:`Fault` for what is no table."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Fault("empty")
    if len(data) > MOST_BYTES:
        raise Fault("too_large", most=MOST_BYTES // 1024 // 1024)
    if data.startswith(b"PK\x03\x04"):
        check_zip(data)
        return "book"
    if data.startswith(_OLE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
            raise Fault("password")
        return "book"
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            raise Fault(kind)
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) or b"<table" in head:
        return "page"
    return "text"


def check_zip(data: bytes) -> None:
    """Raise :class:`Fault` unless the archive is a workbook of a bearable size.

    The sizes an archive declares are checked first, then what really comes out, part by part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise Fault("document" if "word/document.xml" in names else "archive")
            declared = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or _explodes(declared, len(data)):
                raise Fault("bomb")
            real = 0
            for part in parts:
                with archive.open(part) as stream:
                    while piece := stream.read(_CHUNK):
                        real += len(piece)
                        if _explodes(real, len(data)):
                            raise Fault("bomb")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise Fault("damaged") from error
    except RuntimeError as error:
        # What zipfile raises, and nothing narrower, for a part under a password.
        raise Fault("password") from error


def _explodes(unpacked: int, packed: int) -> bool:
    return unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > packed * MOST_RATIO)
