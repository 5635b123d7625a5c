"""Where the headings stand: under titles, over one line or several, with empty columns between."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from linli.intake.cells import is_identity, is_moment, is_phone, number_in
from linli.intake.fields import is_heading, plain
from linli.intake.sheets.faults import Fault
from linli.intake.sheets.reading import Numbered

# Headings stand among the first lines.
DEPTH = 40
_MOST_LINES = 4
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column that has a heading: where it stands and what it is called, unique in its table."""

    place: int
    heading: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings of a table; its rows begin behind line ``last``."""

    columns: tuple[Column, ...]
    last: int

    @property
    def shape(self) -> str:
        """Return the fingerprint of the headings, whatever their order."""
        words = "\n".join(sorted(plain(column.heading) for column in self.columns))
        return hashlib.sha256(words.encode()).hexdigest()[:32]


def heads_of(lines: Sequence[Numbered]) -> Heads:
    """Find the headings in a table's first lines; raises :class:`Fault` where there are none."""
    rows = [line.cells for line in lines[:DEPTH]]
    best = _main_line(rows)
    if best is None:
        raise Fault("no_headings")
    first, last = best, best
    while first > 0 and last - first < _MOST_LINES - 1 and _belongs(rows[first - 1], rows[best]):
        first -= 1
    while last + 1 < len(rows) and last - first < _MOST_LINES - 1 and _is_second(rows, last):
        last += 1
    columns = _columns(rows[first : last + 1])
    if not columns:
        raise Fault("no_headings")
    return Heads(tuple(columns), lines[last].number)


def _main_line(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the line with most known headings, else the first full line of words."""
    scores = [sum(1 for cell in set(row) if is_heading(cell)) for row in rows]
    most = max(scores, default=0)
    if most >= 2:
        return scores.index(most)
    wide = max((sum(1 for cell in row if cell) for row in rows), default=0)
    for place, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if len(filled) >= max(1 if wide == 1 else 2, wide * 0.6) and not any(map(_is_data, filled)):
            return place
    return None


def _belongs(above: Sequence[str], main: Sequence[str]) -> bool:
    """Say whether the line above is a part of the headings: words over groups of columns."""
    filled = [cell for cell in above if cell]
    if len(filled) < 2 or any(_is_data(cell) for cell in filled):
        return False
    over = sum(1 for place, cell in enumerate(above) if cell and place < len(main) and main[place])
    return over >= 1 or any(is_heading(cell) for cell in filled)


def _is_second(rows: Sequence[Sequence[str]], last: int) -> bool:
    """Say whether the line after ``last`` goes on with the headings."""
    following, main = rows[last + 1], rows[last]
    filled = [(place, cell) for place, cell in enumerate(following) if cell]
    if not filled or any(_is_data(cell) for _place, cell in filled):
        return False
    # Merged down: the same word again; merged across: the words below are headings of their own.
    new = [cell for place, cell in filled if place >= len(main) or cell != main[place]]
    known = sum(1 for cell in new if is_heading(cell))
    return bool(new) and known * 2 >= len(new) and all(len(cell) <= _LONGEST for cell in new)


def _columns(lines: Sequence[Sequence[str]]) -> list[Column]:
    width = max(len(line) for line in lines)
    spread = [_spread(line, lines[-1], width) for line in lines[:-1]] + [
        [*lines[-1], *[""] * (width - len(lines[-1]))]
    ]
    found: list[Column] = []
    taken: set[str] = set()
    for place in range(width):
        words: list[str] = []
        for line in spread:
            word = " ".join(line[place].split())
            if word and word not in words:
                words.append(word)
        heading = "/".join(words)[:120]
        if not heading:
            continue
        name, count = heading, 1
        while name in taken:
            count += 1
            name = f"{heading} ({count})"
        taken.add(name)
        found.append(Column(place, name))
    return found


def _spread(line: Sequence[str], lowest: Sequence[str], width: int) -> list[str]:
    """Let a group's word stand over all columns it was merged over: those named only below."""
    spread, word = [], ""
    for place in range(width):
        cell = line[place] if place < len(line) else ""
        below = lowest[place] if place < len(lowest) else ""
        if cell:
            word = cell
        spread.append(cell or (word if below else ""))
        if not below:
            word = ""
    return spread


def _is_data(cell: str) -> bool:
    if len(cell) > _LONGEST or is_moment(cell) or is_phone(cell) or is_identity(cell):
        return True
    return number_in(cell) is not None and not is_heading(cell)
