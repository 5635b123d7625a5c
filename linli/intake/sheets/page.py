"""Tables in web pages: many systems write HTML and call it .xls."""

from collections.abc import Iterator
from html.parser import HTMLParser

from linli.intake.sheets.faults import Fault
from linli.intake.sheets.text import decoded

_MOST_SPAN = 1000


class _Tables(HTMLParser):
    """Collects the rows of every table; cells that span rows are repeated, columns are kept free."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._hanging: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self._hanging = {}
        elif tag == "tr" and self.tables:
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            given = dict(attrs)
            self._spans = _span(given.get("colspan")), _span(given.get("rowspan"))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text = "".join(self._cell).strip()
        self._cell = None
        self._hang()
        wide, high = self._spans
        if high > 1:
            self._hanging[len(self._row)] = (high - 1, text)
        self._row += [text] + [""] * (wide - 1)

    def _hang(self) -> None:
        """Put what hangs down from rows above into the columns that come next."""
        row = self._row
        while row is not None and (hanging := self._hanging.pop(len(row), None)):
            left, text = hanging
            if left > 1:
                self._hanging[len(row)] = (left - 1, text)
            row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row:
            self._hang()
            self.tables[-1].append(self._row)
        self._row = None


def rows_of(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of the page's largest table; raises :class:`Fault` where there is none."""
    reader = _Tables()
    reader.feed(decoded(data))
    reader.close()
    tables = [table for table in reader.tables if table]
    if not tables:
        raise Fault("no_table")
    yield from max(tables, key=lambda table: sum(map(len, table)))


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text and text.strip().isdigit() else 1
