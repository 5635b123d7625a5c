"""Make the Word template of a form: what comes along, and what a city begins its own from."""

import io
from functools import cache

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from linli.mediation.papers.blocks import Block, Each, FormSheet, Grid, Heading, Row, Text, When
from linli.mediation.papers.forms_after import FORMS

SONG, HEI = "宋体", "黑体"
_LABEL, _VALUE = Text("", align="center", bold=True), Text("")
_HEADING = Text("", align="center", bold=True, size=22)
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


@cache
def word_template(kind: str) -> bytes:
    """Return the .docx of the form that comes along; raises KeyError for a kind without one."""
    return template_of(FORMS[kind])


def template_of(sheet: FormSheet) -> bytes:
    """Return the .docx of a form, with its fields to be filled: also for papers of other rooms."""
    word = Document()
    _page(word)
    for block in sheet.blocks:
        _write(word, block)
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def _page(word: Word) -> None:
    """A4 with the margins of papers that are bound on the left; 宋体 of 12 points."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.4)
    style = word.styles["Normal"]
    style.font.size = Pt(12)
    style.font.name = "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.5


def _write(word: Word, block: Block) -> None:
    match block:
        case Heading(text):
            paragraph = word.add_paragraph()
            _say(paragraph, text, _HEADING)
            paragraph.paragraph_format.space_after = Pt(12)
        case Text():
            _say(word.add_paragraph(), block.text, block)
        case Grid():
            _grid(word, block)
        case Each(of, blocks):
            _around(word, f"for {of}", "endfor", blocks)
        case When(test, blocks):
            _around(word, f"if {test}", "endif", blocks)


def _around(word: Word, begins: str, ends: str, blocks: tuple[Block, ...]) -> None:
    word.add_paragraph(f"{{%p {begins} %}}")
    for block in blocks:
        _write(word, block)
    word.add_paragraph(f"{{%p {ends} %}}")


def _say(paragraph: Paragraph, text: str, look: Text) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(look.size)
    if look.bold:
        run.font.name = "Arial"
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEI)
    paragraph.alignment = _ALIGN[look.align]
    if look.indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * look.size)


def _grid(word: Word, grid: Grid) -> None:
    table = word.add_table(rows=0, cols=len(grid.widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Cm(width)
    for place, row in enumerate(grid.rows):
        if row.each:
            _control(table, f"{{%tr for {row.each} %}}")
        _row(table, grid, row, is_head=grid.head and place == 0)
        if row.each:
            _control(table, "{%tr endfor %}")


def _control(table: Table, words: str) -> None:
    _new_row(table).cells[0].text = words


def _new_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _row(table: Table, grid: Grid, row: Row, *, is_head: bool) -> None:
    cells = _new_row(table).cells
    last = len(row.cells) - 1
    for place, text in enumerate(row.cells):
        cell = cells[place]
        if place == last and last < len(cells) - 1:
            cell = cell.merge(cells[-1])
        cell.width = Cm(sum(grid.widths[place:]) if place == last else grid.widths[place])
        is_label = is_head or (not grid.head and place % 2 == 0)
        look = _LABEL if is_label else _VALUE
        _say(cell.paragraphs[0], text, look)
