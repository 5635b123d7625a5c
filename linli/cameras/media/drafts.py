"""Live segments kept a few minutes for whoever is about to cut them: drawing boxes takes longer than
live video stays. A draft belongs to one grant and camera; nothing is served from it.

Each lies in ``drafts/<number>_<grant>_<camera>/``, numbered by the second it was laid in.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from linli.cameras.media import store
from linli.cameras.media.pieces import Piece, hold, pieces
from linli.cameras.models import Grant
from linli.cameras.viewing_choices import Mode

# What is offered of live video: the last seconds that are still there.
LAST = timedelta(seconds=10)
KEPT = timedelta(minutes=15)
_TOLD = "told.json"


def lay(grant: UUID, camera: UUID, at: datetime) -> int | None:
    """Keep a camera's last seconds; return the draft's number, None where there is no video now.

    Asked again in the same second, the first draft stands.
    """
    number = int(at.timestamp())
    folder = _folder(grant, camera, number)
    if (folder / _TOLD).exists():
        return number
    found = pieces(camera, grant, at - LAST, at, live=True)
    if not found:
        return None
    try:
        kept = hold(found, folder)
    except FileExistsError:
        # Another request lays it at this very moment, and will tell what is in it.
        return number
    if not kept:
        return None
    told = [[one.path.name, one.begins, one.ends] for one in kept]
    (folder / _TOLD).write_text(json.dumps(told))
    return number


def read(grant: UUID, camera: UUID, number: int) -> list[Piece]:
    """Return the segments of a draft, none where it is gone."""
    folder = _folder(grant, camera, number)
    try:
        told = json.loads((folder / _TOLD).read_text())
    except OSError:
        return []
    return [Piece(folder / name, begins, ends) for name, begins, ends in told]


def shown(
    grant: Grant, camera: UUID, starts: datetime, ends: datetime, draft: int | None
) -> list[Piece]:
    """Return the segments that show something of a span: the draft's where live video was kept in
    one, else those that lie there now.
    """
    live = grant.mode == Mode.LIVE
    if live and draft is not None:
        low, high = starts.timestamp(), ends.timestamp()
        kept = read(grant.id, camera, draft)
        return [one for one in kept if one.ends > low and one.begins < high]
    span = (grant.starts, grant.ends) if grant.starts and grant.ends else None
    return pieces(camera, grant.id, starts, ends, live=live, span=span)


def free_old(at: datetime) -> None:
    """Destroy the drafts whose minutes are up."""
    oldest = (at - KEPT).timestamp()
    for folder in (store.root() / "drafts").glob("*"):
        number = folder.name.partition("_")[0]
        # What has no number was laid by an earlier version, and is long over.
        if not number.isdecimal() or int(number) < oldest:
            store.free(folder)


def _folder(grant: UUID, camera: UUID, number: int) -> Path:
    return store.root() / "drafts" / f"{number}_{grant}_{camera}"
