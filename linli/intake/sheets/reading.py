"""Opening a file in its own process and taking its rows as they come."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from linli.intake.sheets.faults import Fault

_ROOT = Path(__file__).resolve().parents[3]

type Row = list[str]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row of the file: the number people see beside it, and its cells as text."""

    number: int
    cells: Row


class Reader:
    """The rows of one sheet, streamed. ``with Reader(data) as table: for row in table.rows(): …``

    Every method raises :class:`Fault` for a file that can't be read, whatever is in it.
    """

    def __init__(self, data: bytes, sheet: str = "") -> None:
        command = [sys.executable, "-m", "linli.intake.sheets.child", *([sheet] if sheet else [])]
        self._child = subprocess.Popen(
            command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._feeder = threading.Thread(target=self._feed, args=(data,), daemon=True)
        self.sheets: list[str] = []
        self.sheet = ""

    def __enter__(self) -> Self:
        self._feeder.start()
        try:
            head = self._next()
        except BaseException:
            self.close()
            raise
        if isinstance(head, dict):
            self.sheets, self.sheet = head["sheets"], head["sheet"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def rows(self) -> Iterator[Numbered]:
        """Yield every row, empty ones too, from the file's first line on."""
        number = 0
        while isinstance(found := self._next(), list):
            for cells in found:
                number += 1
                yield Numbered(number, [cell.strip() for cell in cells])

    def close(self) -> None:
        """End the process, whether or not it has finished."""
        self._child.kill()
        self._feeder.join(5)
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        self._child.wait()

    def _next(self) -> object:
        assert self._child.stdout is not None  # noqa: S101 - it was asked for
        line = self._child.stdout.readline()
        if not line.endswith(b"\n"):
            # It was killed: too much memory, too long, or the reader itself broke on the file.
            raise Fault("broke")
        message: object = orjson.loads(line)
        if isinstance(message, dict) and "fault" in message:
            raise Fault(message.pop("fault"), **message)
        return message

    def _feed(self, data: bytes) -> None:
        assert self._child.stdin is not None  # noqa: S101 - it was asked for
        try:
            self._child.stdin.write(data)
            self._child.stdin.close()
        except OSError:
            return
