"""Reading a playlist (RFC 8216): its last pieces, and what time it says it is.

The pieces are fetched here, from checked addresses, and handed to ffmpeg through a pipe: ffmpeg
itself never opens a connection for a playlist.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import urljoin

from linli.cameras import lifecycle
from linli.cameras.probe.finding import LookError
from linli.cameras.probe.web import Asker, Reply

MOST_PLAYLIST = 512 * 1024
# Pieces are a few seconds long; two are enough to see movement.
LAST = 2
_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^,]*)')


@dataclass(frozen=True, slots=True)
class Playlist:
    """The last pieces of a stream, the piece that opens them (or none), and the time at its end."""

    pieces: tuple[str, ...]
    opening: str
    ends_at: datetime | None
    is_over: bool

    @property
    def mark(self) -> str:
        """What tells whether the playlist went on since."""
        return hashlib.sha256(self.pieces[-1].encode()).hexdigest()[:32]


def playlist(asker: Asker, address: str) -> Playlist:
    """Fetch a playlist, and of a choice of streams the smallest; raises :class:`LookError`."""
    text = _fetch(asker, address)
    if "#EXT-X-STREAM-INF" in text:
        address = urljoin(address, _smallest(text))
        text = _fetch(asker, address)
    return read(text, address)


def pieces(asker: Asker, found: Playlist) -> bytes:
    """Fetch the last pieces of a stream as one file."""
    parts = ([found.opening] if found.opening else []) + list(found.pieces)
    return b"".join(_ok(asker.get(part)).body for part in parts)


def read(text: str, address: str) -> Playlist:
    """Return what a media playlist says; raises :class:`LookError` where it says nothing."""
    names: list[str] = []
    opening, moment, length = "", None, 0.0
    for line in text.splitlines():
        if line.startswith("#EXT-X-KEY") and "METHOD=NONE" not in line:
            raise LookError(lifecycle.STREAM, "encrypted")
        if line.startswith("#EXT-X-MAP"):
            opening = urljoin(address, _attributes(line).get("URI", ""))
        elif line.startswith("#EXT-X-PROGRAM-DATE-TIME:"):
            moment = _moment(line.partition(":")[2])
        elif line.startswith("#EXTINF:"):
            length = _seconds(line.partition(":")[2])
        elif line and not line.startswith("#"):
            names.append(urljoin(address, line.strip()))
            moment = moment + timedelta(seconds=length) if moment else None
    if not names:
        raise LookError(lifecycle.STREAM, "no_video", "M3U8")
    return Playlist(tuple(names[-LAST:]), opening, moment, "#EXT-X-ENDLIST" in text)


def _fetch(asker: Asker, address: str) -> str:
    reply = _ok(asker.get(address, MOST_PLAYLIST))
    text = reply.body.decode(errors="replace")
    if not text.lstrip("\ufeff").startswith("#EXTM3U"):
        raise LookError(lifecycle.STREAM, "other_answer", text[:40])
    return text


def _ok(reply: Reply) -> Reply:
    if reply.status == 200:
        return reply
    detail = "not_found" if reply.status in (404, 410) else "no_video"
    raise LookError(lifecycle.STREAM, detail, f"HTTP {reply.status}")


def _smallest(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [
        (int(_attributes(line).get("BANDWIDTH", "0") or 0), name)
        for line, name in pairwise(lines)
        if line.startswith("#EXT-X-STREAM-INF") and not name.startswith("#")
    ]
    if not found:
        raise LookError(lifecycle.STREAM, "no_video", "M3U8")
    return min(found)[1]


def _attributes(line: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(line.partition(":")[2])
    return {name: value.strip('"') for name, value in pairs}


def _seconds(text: str) -> float:
    try:
        return float(text.split(",", maxsplit=1)[0])
    except ValueError:
        return 0.0


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
