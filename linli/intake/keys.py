"""By what a row is known again: its number in the system it comes from, else its whole content."""

from collections.abc import Sequence

from linli.intake.headings import Column
from linli.intake.sheets.reading import Numbered
from linli.kernel.crypto import keyed_hashes


def keys_of(row: Numbered, columns: Sequence[Column], *, source: str, number: str) -> list[bytes]:
    """Return the row's key under every index key in use, newest first.

    Keyed hashes: nobody can find out from them what was in the row. A number counts within its
    ``source``; the content counts wherever it comes from, whatever the order of the columns.
    """
    if number:
        return keyed_hashes("intake.number", f"{source}\x1f{number}")
    cells = sorted(
        f"{column.heading}\x1f{row.cells[column.place]}"
        for column in columns
        if column.place < len(row.cells) and row.cells[column.place]
    )
    return keyed_hashes("intake.content", "\x1e".join(cells))
