"""The process that opens a file: bytes on stdin, rows as lines of JSON on stdout, then it ends.

``python -m linli.intake.sheets.child [SHEET]``. The first line is ``{"sheets": [...], "sheet": …}``,
then come lists of rows, then ``{"end": rows}``; or, at any point, ``{"fault": code, …}``.
"""

import os
import resource
import sys
from collections.abc import Iterator
from itertools import batched

import orjson

from linli.intake.sheets import page, text
from linli.intake.sheets.book import Book
from linli.intake.sheets.faults import Fault
from linli.intake.sheets.safety import kind_of

MEMORY = 3 * 1024**3
PROCESSOR_SECONDS = 240
# What calamine was given to peek at to choose a sheet.
_PEEK = 40
_AT_ONCE = 200


def main() -> None:
    """Read the file; whatever goes wrong is one line that says so."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(3)
    data = sys.stdin.buffer.read()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        count = 0
        for rows in _read(data, wanted):
            _say(rows)
            count += len(rows) if isinstance(rows, list) else 0
        _say({"end": count})
    except Fault as fault:
        _say({"fault": fault.code, **fault.facts})
    except MemoryError:
        _say({"fault": "memory"})


def _read(data: bytes, wanted: str) -> Iterator[object]:
    kind = kind_of(data)
    if kind != "book":
        yield {"sheets": [], "sheet": ""}
        source = page.rows_of(data) if kind == "page" else text.rows_of(data)
        yield from map(list, batched(source, _AT_ONCE))
        return
    book = Book(data)
    sheet = wanted if wanted in book.sheets else _fullest(book)
    yield {"sheets": book.sheets, "sheet": sheet}
    yield from map(list, batched(book.rows(sheet), _AT_ONCE))


def _fullest(book: Book) -> str:
    """Return the first sheet that has a table, else the one with most cells filled at its top."""
    best, most = "", -1
    for name in book.sheets:
        filled = 0
        for number, row in enumerate(book.rows(name)):
            filled += sum(1 for cell in row if cell)
            if number >= _PEEK:
                break
        if filled > most:
            best, most = name, filled
    if most <= 0:
        raise Fault("empty")
    return best


def _say(message: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(message) + b"\n")


if __name__ == "__main__":
    main()
