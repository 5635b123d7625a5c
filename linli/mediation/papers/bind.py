"""Bind the papers of a file into one PDF: cover, contents with page numbers, papers, back cover."""

import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import typst
from PIL import Image, ImageOps
from pylopdf_fonts_zh_cn import serif_path
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from linli.mediation.papers.typeset import PAGE_CLOSES, PAGE_OPENS, SANS, SERIF, quoted, typeset

# Two hundred dots an inch over a page: what a scan of A4 needs to be read. A photo of twice as many is
# decoded at half its size, in a quarter of the time.
_LONGEST_SIDE = 2000
_QUALITY = 82
_PAGE = f"""#set page(paper: "a4", margin: (left: 2.8cm, right: 2.2cm, top: 2.8cm, bottom: 2.4cm))
#set text(font: ("{SERIF}", "{SANS}"), size: 12pt, lang: "zh", region: "cn")
#set par(leading: 0.85em, justify: true)
"""
_NUMBERED = """#set page(header: context align(right, text(size: 10.5pt, str(counter(page).get().first()))))
"""
# Said on the page before: a page reads its number at its head, before anything on it is laid.
_FROM_ONE = "#counter(page).update(0)"
_BACK = "封底"
_BARE = "#set page(header: none)\n"


class BadScan(ValueError):
    """A scan can't be put between the pages; ``title`` says which."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


@dataclass(frozen=True, slots=True)
class Scan:
    """The bytes of a photo, or of a PDF."""

    data: bytes
    is_pdf: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper: a filled Word file, or its scans in order. ``key`` is what the contents refer to."""

    key: str
    title: str
    word: bytes = b""
    scans: tuple[Scan, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """The file as PDF; ``pages`` counts the numbered ones, ``first`` tells where each piece begins."""

    pdf: bytes
    pages: int
    first: dict[str, int]


def page_of(key: str) -> str:
    """Return what stands in a word of the contents for the page of a piece; ``last``: the last one."""
    return f"{PAGE_OPENS}{key}{PAGE_CLOSES}"


def print_word(word: bytes) -> bytes:
    """Return one Word file as PDF."""
    with tempfile.TemporaryDirectory(prefix="linli-paper-") as folder:
        return _set(Path(folder), _PAGE + typeset(word))


def bind(
    pieces: Sequence[Piece], *, cover: bytes, contents: bytes, back: bytes, title: str
) -> Bound:
    """Return the whole file of at least one piece; raises :class:`BadScan`.

    ``cover``, ``contents`` and ``back`` are filled Word files and stand without numbers. Readers find
    each piece among the bookmarks.
    """
    with tempfile.TemporaryDirectory(prefix="linli-file-") as name:
        folder = Path(name)
        laid = _lay_all(folder, pieces)
        parts = [_PAGE, f"#set document(title: {quoted(title)})\n", typeset(cover)]
        parts += ["#pagebreak()", typeset(contents), _FROM_ONE, "#pagebreak()\n", _NUMBERED]
        for place, piece in enumerate(pieces):
            if place:
                parts.append("#pagebreak()")
            parts.append(_piece(piece, place, laid))
        parts += [
            '#metadata(none)#label("last")',
            "#pagebreak()\n",
            _BARE,
            _mark(_BACK),
            typeset(back),
        ]
        pdf = _set(folder, "\n".join(parts))
    *starts, end = _bookmarks(pdf)
    numbers = [start - starts[0] + 1 for start in starts]
    first = {piece.key: number for piece, number in zip(pieces, numbers, strict=True)}
    return Bound(pdf, end - starts[0], first)


def _piece(piece: Piece, place: int, laid: Mapping[str, int]) -> str:
    label = f"#metadata(none)#label({quoted(piece.key)})"
    body = typeset(piece.word) if piece.word else _scans(piece, place, laid)
    return f"{_mark(piece.title)}{label}\n{body}"


def _name(place: int, number: int, scan: Scan) -> str:
    return f"{place}-{number}.{'pdf' if scan.is_pdf else 'jpg'}"


def _lay_all(folder: Path, pieces: Sequence[Piece]) -> dict[str, int]:
    """Write every scan into the folder; return its name and how many pages it has.

    Decoding lets go of Python's lock: photos are scaled on all cores.
    """
    work = [
        (_name(place, number, scan), piece.title, scan)
        for place, piece in enumerate(pieces)
        for number, scan in enumerate(piece.scans)
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = pool.map(lambda one: _lay(folder / one[0], one[1], one[2]), work)
        return dict(zip((name for name, _title, _scan in work), counts, strict=True))


def _lay(path: Path, title: str, scan: Scan) -> int:
    try:
        return _lay_pdf(path, scan) if scan.is_pdf else _lay_photo(path, scan)
    except (PyPdfError, OSError, ValueError) as error:
        raise BadScan(title) from error


def _scans(piece: Piece, place: int, laid: Mapping[str, int]) -> str:
    shown = []
    for number, scan in enumerate(piece.scans):
        name = _name(place, number, scan)
        pages = range(1, laid[name] + 1) if scan.is_pdf else (0,)
        shown += [_image(name, page) for page in pages]
    return "\n#pagebreak()\n".join(shown)


def _image(name: str, page: int) -> str:
    which = f", page: {page}" if page else ""
    fit = 'width: 100%, height: 24cm, fit: "contain"'
    return f"#align(center + horizon, image({quoted(name)}{which}, {fit}))"


def _lay_photo(path: Path, scan: Scan) -> int:
    with Image.open(io.BytesIO(scan.data)) as photo:
        photo.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        upright.convert("RGB").save(path, "JPEG", quality=_QUALITY)
    return 1


def _lay_pdf(path: Path, scan: Scan) -> int:
    count = len(PdfReader(io.BytesIO(scan.data)).pages)
    path.write_bytes(scan.data)
    return count


def _set(folder: Path, markup: str) -> bytes:
    source = folder / "file.typ"
    source.write_text(markup, encoding="utf-8")
    pdf: bytes = typst.compile(
        source, root=folder, font_paths=[serif_path().parent], ignore_system_fonts=True
    )
    return pdf


def _mark(title: str) -> str:
    """A bookmark: there for readers of the PDF, invisible on the page."""
    return f"#place(hide(heading(outlined: true, bookmarked: true, {quoted(title)})))"


def _bookmarks(pdf: bytes) -> list[int]:
    read = PdfReader(io.BytesIO(pdf))
    marks = [mark for mark in read.outline if not isinstance(mark, list)]
    pages = [read.get_destination_page_number(mark) for mark in marks]
    return [page for page in pages if page is not None]
