"""Where maps lie: ``map/<version>/`` in LINLI_HOME, and ``map/current``, which points at one of them.

A version is never changed: a new one is made beside it and the pointer moves in one step, so whoever
reads goes on reading what they began with. The version before stays until the next import.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from linli.kernel.errors import Refused

_DRAFT = ".draft-"


@dataclass(frozen=True, slots=True)
class Version:
    """One imported map: its name, where its files are, and what its manifest says."""

    name: str
    directory: Path
    manifest: dict[str, Any]

    @property
    def made_up(self) -> bool:
        """Say whether the map shows no real place."""
        return bool(self.manifest["made_up"])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north in degrees."""
        west, south, east, north = self.manifest["box"]
        return west, south, east, north


def root() -> Path:
    """Return the directory of all maps, made if it is missing."""
    path = Path(settings.LINLI_MAP)
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    return path


def current() -> Version | None:
    """Return the map in use; None where none was imported."""
    path = Path(settings.LINLI_MAP)
    try:
        name = (path / "current").readlink().name
        return _read(path / name)
    except OSError:
        return None


def version_named(name: str) -> Version | None:
    """Return a map that is still there by its name."""
    path = Path(settings.LINLI_MAP)
    if name.startswith(".") or "/" in name or name == "current" or not (path / name).is_dir():
        return None
    try:
        return _read(path / name)
    except OSError:
        return None


@lru_cache(maxsize=8)
def _read(directory: Path) -> Version:
    manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    return Version(directory.name, directory, manifest)


@contextmanager
def importing() -> Iterator[Path]:
    """Hold the lock of imports and sweep up what an interrupted one left; yields :func:`root`."""
    path = root()
    with (path / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                _("A map is being imported right now."), _("Wait until it is done.")
            ) from None
        for left in path.glob(f"{_DRAFT}*"):
            if left.is_symlink():
                left.unlink()
            else:
                shutil.rmtree(left)
        yield path


@contextmanager
def draft(path: Path, name: str) -> Iterator[Path]:
    """Yield a directory to build in; whatever is still in it afterwards is gone."""
    directory = path / f"{_DRAFT}{name}"
    directory.mkdir()
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def keep(directory: Path, name: str) -> Version:
    """Put a finished draft beside the others, on disk for good, without anybody using it yet."""
    for file in [*directory.rglob("*"), directory]:
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    target = directory.parent / name
    directory.rename(target)
    return _read(target)


def switch(version: Version) -> None:
    """Let the pointer show ``version``, from one moment to the next."""
    path = version.directory.parent
    pointer = path / f"{_DRAFT}pointer"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(version.name)
    pointer.replace(path / "current")


def forget_all_but(names: set[str]) -> None:
    """Remove the maps that nobody can be reading any more."""
    for directory in root().iterdir():
        if directory.is_dir() and not directory.is_symlink() and directory.name not in names:
            shutil.rmtree(directory)
