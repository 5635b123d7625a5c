"""An Excel workbook written as it is sent: no file, no copy in memory, the first bytes at once.

The parts of an .xlsx are XML files in a zip; a zip can be written to a stream that cannot be
rewound (its sizes then stand behind each part). ECMA-376 names the parts and their contents.
"""

import io
import re
import zipfile
from collections.abc import Buffer, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, chain, islice
from xml.sax.saxutils import escape

type Cell = str | float | int | None

# Excel's limit is 1,048,576; what is beyond goes to another sheet.
ROWS_A_SHEET = 1_000_000
_CHUNK_ROWS = 200
# A spreadsheet would take such a text for a formula once it is edited or saved as CSV.
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
PLAIN, MOMENT, GUARDED, HEADING = range(4)

_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>\
<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>\
<fills count="2"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf quotePrefix="1"/>\
<xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1">\
<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class _Outlet(io.RawIOBase):
    """Takes what the zip writes and gives it away."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        taken = bytes(data)
        self.parts.append(taken)
        return len(taken)

    def take(self) -> bytes:
        taken = b"".join(self.parts)
        self.parts.clear()
        return taken


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its width in characters, and whether its numbers are moments."""

    heading: str
    width: int = 14
    is_moment: bool = False


def workbook(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], at: datetime
) -> Iterator[bytes]:
    """Give the bytes of a workbook with one table; ``name`` is the sheet's, ``at`` its time."""
    outlet = _Outlet()
    stamp = at.timetuple()[:6]
    source, sheets = iter(rows), 0
    following: Sequence[Cell] | None = None
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:

        def part(path: str) -> zipfile.ZipInfo:
            info = zipfile.ZipInfo(path, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            return info

        while sheets == 0 or following is not None:
            sheets += 1
            first = () if following is None else (following,)
            mine = chain(first, islice(source, ROWS_A_SHEET - len(first)))
            with archive.open(part(f"xl/worksheets/sheet{sheets}.xml"), "w") as sheet:
                for text in _sheet(columns, mine):
                    sheet.write(text.encode())
                    yield outlet.take()
            following = next(source, None)
        for path, text in _frame(name, sheets).items():
            archive.writestr(part(path), text)
    yield outlet.take()


def _sheet(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Give a sheet's text in pieces."""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
        for n, column in enumerate(columns, 1)
    )
    heading = "".join(cell(column.heading, HEADING) for column in columns)
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{widths}</cols><sheetData><row>{heading}</row>"
    )
    styles = [MOMENT if column.is_moment else PLAIN for column in columns]
    for some in batched(rows, _CHUNK_ROWS):
        yield "".join(f"<row>{''.join(map(cell, row, styles))}</row>" for row in some)
    yield "</sheetData></worksheet>"


def cell(value: Cell, style: int = PLAIN) -> str:
    """Return one cell; a text that looks like a formula is marked as text for good."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        if style == PLAIN and _FORMULA.match(value):
            style = GUARDED
        text = escape(_NOT_XML.sub("", value))
        return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c s="{style}"><v>{value}</v></c>'


def _frame(name: str, sheets: int) -> dict[str, str]:
    """Return the parts around the sheets."""
    numbers = range(1, sheets + 1)
    titles = {n: escape(name if n == 1 else f"{name} {n}", {'"': "&quot;"}) for n in numbers}
    listed = "".join(f'<sheet name="{titles[n]}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    typed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}worksheet+xml"/>'
        for n in numbers
    )
    return {
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{related}'
        f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="w"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="'
        f'{_TYPES}sheet.main+xml"/>{typed}<Override PartName="/xl/styles.xml" ContentType="'
        f'{_TYPES}styles+xml"/></Types>',
    }
