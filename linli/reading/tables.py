"""Labelled texts from CSV files as people keep them: encodings, separators, blanks."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_LONGEST_CELL = 16 * 1024 * 1024
_SEPARATORS = ",\t;|"


class UnreadableError(Exception):
    """A file that can't be taken, with a sentence for the person who gave it."""


class Labelled(NamedTuple):
    """Texts with their labels, and how many rows had no label."""

    texts: list[str]
    labels: list[str]
    unlabelled: int


def read_labelled(path: Path, text: str, label: str) -> Labelled:
    """Read the columns ``text`` (several, joined by comma: put together line by line) and ``label``.

    Every row with a label counts, one with an empty text too. Raises :class:`UnreadableError`.
    """
    rows = _rows(path)
    header = [_name(cell) for cell in next(rows, [])]
    wanted = _columns(header, text, path)
    (judged,) = _columns(header, label, path)
    found = Labelled([], [], 0)
    unlabelled = 0
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        given = _cell(row, judged).strip()
        if not given:
            unlabelled += 1
            continue
        found.texts.append("\n".join(_cell(row, column).strip() for column in wanted))
        found.labels.append(given)
    if not found.labels:
        raise UnreadableError(f"{path.name}: no row has a label in the column {label}")
    return found._replace(unlabelled=unlabelled)


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _name(cell: str) -> str:
    return cell.strip().strip("\ufeff").strip()


def _columns(header: Sequence[str], names: str, path: Path) -> list[int]:
    wanted = [names] if names in header else [name.strip() for name in names.split(",")]
    folded = [name.casefold() for name in header]
    found = [folded.index(name.casefold()) for name in wanted if name.casefold() in folded]
    if len(found) < len(wanted) or not found:
        raise UnreadableError(f"{path.name} has no column {names}; it has: {', '.join(header)}")
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    content = _decoded(path).replace("\x00", "")
    first = content.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    except csv.Error as error:
        raise UnreadableError(f"{path.name} is not a table: {error}") from error


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        # Mostly one of the two, with a broken place: lose that place and not the file.
        broken = data.decode("utf-8-sig", "replace")
        other = data.decode("gb18030", "replace")
        return min(broken, other, key=lambda text: text.count("\ufffd"))
