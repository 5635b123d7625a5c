"""A watched folder: which files in it are finished, and where they go when they are read.

All folders lie below one directory of the installation, so that nobody can have the rest of the
machine read by naming another.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[\w-]{1,40}")
DONE, REFUSED = "done", "refused"
# Who is still copying has written within the last seconds.
QUIET_SECONDS = 10
_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".swp")


def path_of(name: str) -> Path:
    """Return the directory of the folder ``name``."""
    return Path(settings.LINLI_INBOX) / name


def prepare(name: str) -> Path:
    """Make the directory with its two drawers and return it."""
    for part in (DONE, REFUSED):
        (path_of(name) / part).mkdir(parents=True, exist_ok=True)
    return path_of(name)


def finished(name: str, now: float) -> Iterator[Path]:
    """Yield the regular files that nobody has written to lately, oldest first; no links."""
    found = []
    for entry in os.scandir(path_of(name)):
        if entry.name.startswith((".", "~$")) or entry.name.endswith(_UNFINISHED):
            continue
        told = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(told.st_mode) and now - told.st_mtime >= QUIET_SECONDS:
            found.append((told.st_mtime, Path(entry.path)))
    for _moment, path in sorted(found):
        yield path


def content_of(path: Path, most: int) -> bytes:
    """Return a file's bytes, one more than ``most`` at the most; a link is not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most + 1)


def put_away(path: Path, drawer: str, stamp: str, said: str) -> None:
    """Move a file into a drawer under its time, with a text beside it that says what came of it."""
    target = path.parent / drawer / f"{stamp}-{path.name}"
    target.parent.mkdir(exist_ok=True)
    target.with_name(f"{target.name}.txt").write_text(f"{said}\n", encoding="utf-8")
    path.replace(target)
