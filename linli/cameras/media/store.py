"""Where video lies: folders under ``LINLI_VIDEO``, outside everything that is served by itself.

``live/<camera>/``, ``playback/<grant>/<camera>/`` and ``recorded/<camera>/<day>/`` hold segments,
``clips/`` what was cut. A name from outside is read by :func:`read_name` and never joined to a path.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.conf import settings

LIVE_SECONDS, RECORDED_SECONDS = 2, 10
PLAYLIST = "live.m3u8"
_NAME = re.compile(r"(s|p|r)(\d{1,12})\.ts\Z")

type Kind = Literal["live", "playback", "recorded"]
_KINDS: dict[str, Kind] = {"s": "live", "p": "playback", "r": "recorded"}


@dataclass(frozen=True, slots=True)
class Name:
    """A segment's name: of which kind, and its number (a live count, or seconds since 1970)."""

    kind: Kind
    number: int

    def __str__(self) -> str:
        letter = {"live": "s", "playback": "p", "recorded": "r"}[self.kind]
        return f"{letter}{self.number}.ts"


def root() -> Path:
    """Return the folder of all video."""
    return Path(settings.LINLI_VIDEO)


def live(camera: UUID) -> Path:
    """Return where a camera's live segments lie."""
    return root() / "live" / str(camera)


def playback(grant: UUID, camera: UUID) -> Path:
    """Return where what a recorder sent for a grant lies."""
    return root() / "playback" / str(grant) / str(camera)


def recorded(camera: UUID) -> Path:
    """Return where a camera's recordings lie, in a folder a day (UTC)."""
    return root() / "recorded" / str(camera)


def clip(clip_id: UUID, ending: str) -> Path:
    """Return where a clip lies."""
    return root() / "clips" / f"{clip_id}.{ending}"


def read_name(text: str) -> Name | None:
    """Read a segment's name; None for anything else, paths above all."""
    found = _NAME.match(text)
    return Name(_KINDS[found[1]], int(found[2])) if found else None


def day_of(second: int) -> str:
    """Return the folder of a moment's recordings."""
    return datetime.fromtimestamp(second, UTC).strftime("%Y%m%d")


def segment(name: Name, *, camera: UUID, grant: UUID) -> Path:
    """Return where a segment lies, whether or not it is there."""
    if name.kind == "live":
        return live(camera) / str(name)
    if name.kind == "playback":
        return playback(grant, camera) / str(name)
    return recorded(camera) / day_of(name.number) / str(name)


def settle(camera: UUID) -> int:
    """Put finished recordings into their days' folders; return how many.

    ffmpeg still writes the newest; the others are whole.
    """
    fresh = sorted((recorded(camera) / "incoming").glob("r*.ts"), key=_second)
    for path in fresh[:-1]:
        day = recorded(camera) / day_of(_second(path))
        day.mkdir(parents=True, exist_ok=True)
        path.rename(day / path.name)
    return max(0, len(fresh) - 1)


def recordings(camera: UUID, starts: datetime, ends: datetime) -> Iterator[tuple[int, int]]:
    """Give the recordings that lie wholly within a span: first second, and length in seconds.

    A recording reaches to the next one, or as far as recordings usually do.
    """
    low, high = starts.timestamp(), ends.timestamp()
    day, found = starts.astimezone(UTC) - timedelta(days=1), []
    while day.date() <= ends.astimezone(UTC).date():
        folder = recorded(camera) / day.strftime("%Y%m%d")
        if folder.is_dir():
            found += [_second(path) for path in folder.glob("r*.ts")]
        day += timedelta(days=1)
    found.sort()
    for index, second in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else second + RECORDED_SECONDS
        length = min(following - second, 2 * RECORDED_SECONDS)
        if low <= second and second + length <= high:
            yield second, length


def _second(path: Path) -> int:
    return int(path.stem[1:])


def free(folder: Path) -> None:
    """Destroy a folder of segments and all in it."""
    shutil.rmtree(folder, ignore_errors=True)
