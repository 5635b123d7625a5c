"""What a form is made of: headings, paragraphs and grids, with ``{{ fields }}`` in their texts.

A form is plain data, so that a change of it can be read; :mod:`linli.mediation.papers.word_template`
makes the Word template of it. Loops are named in the words of a template: ``p in parties``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

type Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of the form."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``indent`` moves its first line in by two signs. ``size`` in points."""

    text: str
    align: Align = "left"
    indent: bool = False
    bold: bool = False
    size: float = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid: label, value, label, value…; the last cell takes what is left of the width.

    ``each`` repeats the row (``p in parties``).
    """

    cells: tuple[str, ...]
    each: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with lines. ``widths`` in centimetres; ``head``: its first row names the columns."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    head: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """Blocks that are repeated."""

    of: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class When:
    """Blocks that are there only if something is said."""

    test: str
    blocks: tuple["Block", ...]


type Block = Heading | Text | Grid | Each | When


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One official form: its blocks. ``bare``: stands without a page number (cover, back cover)."""

    blocks: tuple[Block, ...]
    bare: bool = False


# The width of a page between its margins: four columns, label and value twice.
PAIRS = (2.6, 5.4, 2.6, 5.4)


def pairs(*rows: Sequence[str], each: str = "") -> Grid:
    """Return a grid of labels and values."""
    return Grid(PAIRS, tuple(Row(tuple(row), each) for row in rows))


def lines(count: int) -> tuple[Block, ...]:
    """Return empty lines to write on by hand."""
    return tuple(Text("") for _ in range(count))
