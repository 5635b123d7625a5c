"""Tables in workbooks (.xlsx, .xlsb, .xls, .ods), cell by cell as text.

A formula's value is taken as the workbook keeps it; the formula itself is never read.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import python_calamine as calamine

from linli.intake.sheets.faults import Fault

# Reading a sheet keeps all cells between the first and the last, empty ones too.
MOST_CELLS = 20_000_000
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"})


class Book:
    """An open workbook; ``sheets`` are the names of those that people see, in their order."""

    def __init__(self, data: bytes) -> None:
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except calamine.PasswordError as error:
            raise Fault("password") from error
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise Fault("damaged") from error
        sheets = self._book.sheets_metadata
        work = [s for s in sheets if s.typ == calamine.SheetTypeEnum.WorkSheet]
        seen = [s for s in work if s.visible == calamine.SheetVisibleEnum.Visible]
        self.sheets = [sheet.name for sheet in seen or work]

    def rows(self, name: str) -> Iterator[list[str]]:
        """Yield a sheet's rows from its first line on; cells merged over rows are filled down."""
        try:
            sheet = self._book.get_sheet_by_name(name)
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise Fault("damaged") from error
        if sheet.start is None:
            return
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise Fault("too_many_cells", most=MOST_CELLS)
        tall = _tall(sheet.merged_cell_ranges or [])
        hanging: dict[int, tuple[int, str]] = {}
        for number, cells in enumerate(sheet.iter_rows()):
            row = [text_of(cell) for cell in cells]
            for column, (last, text) in list(hanging.items()):
                if number > last:
                    del hanging[column]
                elif column < len(row) and not row[column]:
                    row[column] = text
            for column, last in tall.get(number, ()):
                if column < len(row):
                    hanging[column] = (last, row[column])
            yield row


def _tall(
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
) -> dict[int, list[tuple[int, int]]]:
    """Return, by the first row of cells merged over rows, their column and last row."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        if bottom > top:
            found.setdefault(top, []).append((left, bottom))
    return found


def text_of(cell: Any) -> str:
    """Return a cell as text: numbers without needless digits, moments in ISO 8601."""
    if isinstance(cell, str):
        return "" if cell in _ERRORS else cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        # Beyond 15 digits a spreadsheet has lost the rest: it stays in the form that says so.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
