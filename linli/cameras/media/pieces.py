"""Which segments on disk show a span of time, and from when to when each does."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from linli.cameras.media import store

_LENGTH = re.compile(r"#EXTINF:([0-9.]{1,10})")
_MOMENT = re.compile(r"#EXT-X-PROGRAM-DATE-TIME:(\S{10,40})")


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment on disk: what it shows, in seconds since 1970."""

    path: Path
    begins: float
    ends: float


def pieces(
    camera: UUID, grant: UUID, starts: datetime, ends: datetime, *, live: bool,
    span: tuple[datetime, datetime] | None = None,
) -> list[Piece]:  # fmt: skip
    """Return the segments that show something of a span, in order.

    Live only what is there still, some ten seconds. What a recorder sent begins where the grant's
    ``span`` does.
    """
    low, high = starts.timestamp(), ends.timestamp()
    if live:
        found = _listed(store.live(camera), None)
    elif span is not None and (own := list(store.recordings(camera, *span))):
        found = [
            Piece(
                store.recorded(camera) / store.day_of(second) / f"r{second}.ts",
                second,
                second + length,
            )
            for second, length in own
        ]
    else:
        found = _listed(store.playback(grant, camera), span[0].timestamp() if span else None)
    return [one for one in found if one.ends > low and one.begins < high]


def _listed(folder: Path, first: float | None) -> list[Piece]:
    """Read a playlist: each segment's length, and its moment, told or counted from ``first``."""
    try:
        lines = (folder / store.PLAYLIST).read_text().splitlines()
    except OSError:
        return []
    found: list[Piece] = []
    at, length = first, 0.0
    for line in lines:
        if told := _LENGTH.match(line):
            length = float(told[1])
        elif first is None and (moment := _MOMENT.match(line)):
            at = datetime.fromisoformat(moment[1]).timestamp()
        elif at is not None and store.read_name(line) is not None:
            found.append(Piece(folder / line, at, at + length))
            at += length
    return found


def hold(found: list[Piece], folder: Path) -> list[Piece]:
    """Link the segments into a folder of the clip's own: live ones are gone in a moment."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for number, one in enumerate(found):
        path = folder / f"{number:05}.ts"
        try:
            os.link(one.path, path)
        except FileNotFoundError:
            continue
        kept.append(Piece(path, one.begins, one.ends))
    return kept
