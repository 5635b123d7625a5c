"""Read a filled Word file as Typst: paragraphs, tables, and how they look. The PDF comes from it.

Read are what forms are made of: paragraphs (alignment, indents, spacing, sizes, bold, underline), tables
with merged cells, and page breaks. Headers, footers and pictures of a template stay in Word.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
_SIZE = 12.0
_ALIGN = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
}
# Words between these are a reference to the page of a piece: known only when the pages are set.
PAGE_OPENS, PAGE_CLOSES = "⟦", "⟧"


def typeset(word: bytes) -> str:
    """Return the Typst markup of a Word file's body."""
    document = Document(io.BytesIO(word))
    parts = []
    for block in document.iter_inner_content():
        parts.append(_table(block) if isinstance(block, Table) else _paragraph(block))
    return "\n".join(parts)


def quoted(text: str) -> str:
    """Return a text as a Typst string; nothing in it is markup."""
    return json.dumps(text, ensure_ascii=False)


def _paragraph(paragraph: Paragraph) -> str:
    if _breaks_page(paragraph):
        return "#pagebreak(weak: true)"
    size = next((_size(run, paragraph) for run in paragraph.runs), _size_of_style(paragraph))
    inside = "".join(_runs(paragraph))
    if not inside:
        return f"#v({size * 1.8:.1f}pt, weak: false)"
    look = paragraph.paragraph_format
    indent = _points(look.first_line_indent)
    body = f"#par(first-line-indent: (amount: {indent:.1f}pt, all: true))[{inside}]"
    align = _align(paragraph)
    if align != "left":
        body = f"#align({align})[{body}]"
    above, below = (_points(one) + size * 0.8 for one in (look.space_before, look.space_after))
    # A line set in the other face is the title of what follows: it stays with it.
    stays = "true" if all(_is_sans(run) for run in paragraph.runs) else "false"
    place = f"width: 100%, above: {above:.1f}pt, below: {below:.1f}pt, sticky: {stays}"
    return f"#block({place})[{body}]"


def _runs(paragraph: Paragraph) -> Iterator[str]:
    for run in paragraph.runs:
        for place, line in enumerate(run.text.replace("\t", "　　").split("\n")):
            if place:
                yield "#linebreak()"
            yield from _said(line, run, paragraph)


def _said(text: str, run: Run, paragraph: Paragraph) -> Iterator[str]:
    while PAGE_OPENS in text and PAGE_CLOSES in text:
        before, _, rest = text.partition(PAGE_OPENS)
        name, _, text = rest.partition(PAGE_CLOSES)
        if before:
            yield _styled(before, run, paragraph)
        yield f"#context counter(page).at(label({quoted(name)})).first()"
    if text:
        yield _styled(text, run, paragraph)


def _styled(text: str, run: Run, paragraph: Paragraph) -> str:
    look = f'size: {_size(run, paragraph):g}pt, font: "{SANS if _is_sans(run) else SERIF}"'
    said = f"text({look}, {quoted(text)})"
    return f"#underline({said})" if run.underline else f"#{said}"


def _is_sans(run: Run) -> bool:
    properties = run._element.rPr
    fonts = properties.rFonts if properties is not None else None
    east = fonts.get(qn("w:eastAsia"), "") if fonts is not None else ""
    # There is one weight of each face: what Word shows bold is set in the other face, as papers do.
    return bool(run.bold) or "黑" in east


def _align(paragraph: Paragraph) -> str:
    return _ALIGN.get(paragraph.alignment, "left") if paragraph.alignment is not None else "left"


def _size(run: Run, paragraph: Paragraph) -> float:
    return float(run.font.size.pt) if run.font.size is not None else _size_of_style(paragraph)


def _size_of_style(paragraph: Paragraph) -> float:
    style: Any = paragraph.style
    size = None
    while size is None and style is not None:
        size, style = style.font.size, style.base_style
    return float(size.pt) if size is not None else _SIZE


def _points(length: Any) -> float:
    return float(length.pt) if length is not None else 0.0


def _breaks_page(paragraph: Paragraph) -> bool:
    return (
        any(mark.get(qn("w:type")) == "page" for mark in paragraph._element.iter(qn("w:br")))
        and not paragraph.text.strip()
    )


def _table(table: Table) -> str:
    widths = [int(one.get(qn("w:w")) or 1000) for one in table._tbl.tblGrid.iter(qn("w:gridCol"))]
    columns = ", ".join(f"{width}fr" for width in widths)
    stroke = "0.6pt" if _has_lines(table) else "none"
    cells = ",\n".join(_cells(table))
    return (
        f"#block(width: 100%, above: 6pt, below: 6pt)[#table(columns: ({columns}), stroke: {stroke}, "
        f"inset: (x: 5pt, y: 7pt),\n{cells})]"
    )


def _has_lines(table: Table) -> bool:
    style = table.style.name if table.style is not None else ""
    return "Grid" in (style or "") or next(table._tbl.iter(qn("w:tblBorders")), None) is not None


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows:
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) in seen:
                continue
            seen.add(id(cell._tc))
            if cell._tc.vMerge == "continue":
                continue
            yield _cell(cell)


def _cell(cell: _Cell) -> str:
    wide, high = cell._tc.grid_span, cell._tc.bottom - cell._tc.top if cell._tc.vMerge else 1
    inside = "\n".join(f"#align({_align(one)})[{''.join(_runs(one))}]" for one in cell.paragraphs)
    return f"table.cell(colspan: {wide}, rowspan: {high}, align: horizon)[{inside}]"
