"""A look at a whole file: its sheets, headings, samples, the words of each column, how many rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import Any, Self

from linli.intake.headings import DEPTH, Column, Heads, heads_of
from linli.intake.rows import is_filler
from linli.intake.sheets.faults import Fault
from linli.intake.sheets.reading import Numbered, Reader

# Cells a proposal is made from, cells a person is shown, different words that are listed.
SAMPLES, SHOWN, MOST_WORDS = 200, 4, 120
# Rows that are tried out for the preview.
TRIED = 300
_LONGEST_WORD = 60


@dataclass(slots=True)
class Seen:
    """A column: where it stands, its heading, how many cells are filled, samples, its words.

    ``words`` counts each different cell; None where there are too many to be a list of choices.
    """

    place: int
    heading: str
    filled: int = 0
    samples: list[str] = field(default_factory=list)
    words: dict[str, int] | None = field(default_factory=dict)

    def take(self, cell: str) -> None:
        """Count a cell."""
        if not cell:
            return
        self.filled += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(cell[:200])
        if self.words is not None:
            if cell in self.words or (len(self.words) < MOST_WORDS and len(cell) <= _LONGEST_WORD):
                self.words[cell] = self.words.get(cell, 0) + 1
            else:
                self.words = None


@dataclass(slots=True)
class Look:
    """What was seen; ``first_rows`` are some rows as they stand, to try a mapping on."""

    sheet: str
    sheets: list[str]
    shape: str
    total: int
    passed_over: int
    columns: list[Seen]
    first_rows: list[list[Any]]

    def kept(self) -> dict[str, Any]:
        """Return the look as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """Return the look that was kept as JSON."""
        columns = [Seen(**one) for one in kept.pop("columns")]
        return cls(columns=columns, **kept)

    def rows(self) -> list[Numbered]:
        """Return the rows that were kept."""
        return [Numbered(number, cells) for number, cells in self.first_rows]

    def heads(self) -> list[Column]:
        """Return the columns with their places."""
        return [Column(one.place, one.heading) for one in self.columns]

    def samples(self) -> dict[str, list[str]]:
        """Return heading → some cells."""
        return {one.heading: one.samples for one in self.columns}


def opened(table: Reader) -> tuple[Heads, Iterator[Numbered]]:
    """Return a table's headings and the rows behind them; raises :class:`Fault`."""
    lines = table.rows()
    first = list(islice(lines, DEPTH))
    if not any(any(line.cells) for line in first):
        raise Fault("empty")
    heads = heads_of(first)
    return heads, chain((line for line in first if line.number > heads.last), lines)


def look_at(data: bytes, sheet: str = "") -> Look:
    """Read a whole file once and return what is in it; raises :class:`Fault`."""
    with Reader(data, sheet) as table:
        heads, rows = opened(table)
        columns = [Seen(column.place, column.heading) for column in heads.columns]
        total = passed_over = 0
        first_rows: list[list[Any]] = []
        for row in rows:
            if is_filler(row, len(columns)):
                passed_over += any(row.cells)
                continue
            total += 1
            if total <= TRIED:
                first_rows.append([row.number, row.cells])
            _take(columns, row.cells)
        if not total:
            raise Fault("no_rows")
        # Columns that are empty throughout say nothing.
        filled = [one for one in columns if one.filled]
        return Look(table.sheet, table.sheets, heads.shape, total, passed_over, filled, first_rows)


def _take(columns: Sequence[Seen], cells: Sequence[str]) -> None:
    for column in columns:
        if column.place < len(cells):
            column.take(cells[column.place])
