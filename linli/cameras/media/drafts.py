"""Live segments kept a few minutes for whoever is about to cut them: drawing boxes takes longer than
live video stays. A draft belongs to one grant and camera; nothing is served from it.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from linli.cameras.media import store
from linli.cameras.media.pieces import Piece, hold, pieces

# What is offered of live video: the last seconds that are still there.
LAST = timedelta(seconds=10)
KEPT = timedelta(minutes=15)
_TOLD = "told.json"


def lay(grant: UUID, camera: UUID, at: datetime) -> int | None:
    """Keep a camera's last seconds; return the draft's number, None where there is no video now."""
    found = pieces(camera, grant, at - LAST, at, live=True)
    if not found:
        return None
    number = int(at.timestamp())
    folder = _folder(grant, camera, number)
    kept = hold(found, folder)
    told = [[one.path.name, one.begins, one.ends] for one in kept]
    (folder / _TOLD).write_text(json.dumps(told))
    return number if kept else None


def read(grant: UUID, camera: UUID, number: int) -> list[Piece]:
    """Return the segments of a draft, none where it is gone."""
    folder = _folder(grant, camera, number)
    try:
        told = json.loads((folder / _TOLD).read_text())
    except OSError:
        return []
    return [Piece(folder / name, begins, ends) for name, begins, ends in told]


def within(found: list[Piece], starts: datetime, ends: datetime) -> list[Piece]:
    """Return those that show something of a span."""
    low, high = starts.timestamp(), ends.timestamp()
    return [one for one in found if one.ends > low and one.begins < high]


def free_old(at: datetime) -> int:
    """Destroy the drafts whose minutes are up; return how many."""
    oldest, gone = (at - KEPT).timestamp(), 0
    for folder in (store.root() / "drafts").glob("*/*/*"):
        if int(folder.name) < oldest:
            store.free(folder)
            gone += 1
    return gone


def _folder(grant: UUID, camera: UUID, number: int) -> Path:
    return store.root() / "drafts" / str(grant) / str(camera) / str(number)
