"""Score: from the tracks of shifts that are over, how often each street was seen and when.

The totals name nobody. A team whose members all carry a phone saw a street once, not six times: of
several tracks of a shift the one that saw most of it counts, quarter of a day by quarter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone

from linli.patrol.models import Fix, Seen, Shift
from linli.roads import store
from linli.roads.modes import Mode

if TYPE_CHECKING:
    from linli.patrol.tracks.roadway import Roadway

# Phones without a network get this long before a shift is counted; it is counted again if they
# come later.
SETTLED = timedelta(minutes=20)
AT_ONCE = 400

# Stretch, day and quarter of it.
type Key = tuple[int, date, int]


def score_due(*, at: datetime, most: int = AT_ONCE) -> int:
    """Count the shifts that are over and wait for it; return how many. Called by the worker."""
    version = store.current()
    if version is None:
        return 0
    waiting = Shift.objects.filter(published=True, scored_at=None, ends_at__lte=at - SETTLED)
    shifts = list(waiting.select_related("team").order_by("ends_at", "id")[:most])
    by_mode: defaultdict[Mode, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_mode[Mode(shift.team.mode)].append(shift)
    for mode, some in by_mode.items():
        _score(some, mode, version, at)
    return len(shifts)


def _score(shifts: Sequence[Shift], mode: Mode, version: store.Version, at: datetime) -> None:
    # Only this loads the compiler.
    from linli.patrol.tracks.roadway import roadway_of

    roadway = roadway_of(version.directory, mode)
    tracks = _tracks([shift.id for shift in shifts])
    for shift in shifts:
        counted: Counter[Key] = Counter()
        for seconds, degrees in tracks.get(shift.id, ()):
            own = seen_of(roadway, degrees, seconds)
            for key, times in own.items():
                counted[key] = max(counted[key], times)
        keep_seen(shift, version.name, counted, at)


def _tracks(shifts: Iterable[UUID]) -> dict[UUID, list[tuple[np.ndarray, np.ndarray]]]:
    """Return for each shift the tracks of its members: seconds, and longitudes with latitudes."""
    rows = Fix.objects.filter(shift__in=list(shifts)).order_by("shift", "user", "at")
    found: defaultdict[UUID, list[tuple[np.ndarray, np.ndarray]]] = defaultdict(list)
    owner: tuple[UUID, UUID] | None = None
    part: list[tuple[float, float, float]] = []

    def close() -> None:
        if owner is not None and part:
            array = np.array(part)
            found[owner[0]].append((array[:, 0].copy(), array[:, 1:].copy()))

    for shift, user, moment, x, y in rows.values_list(
        "shift", "user", "at", "longitude", "latitude"
    ).iterator(chunk_size=20_000):
        if owner != (shift, user):
            close()
            owner, part = (shift, user), []
        part.append((moment.timestamp(), x, y))
    close()
    return found


def seen_of(roadway: "Roadway", degrees: np.ndarray, seconds: np.ndarray) -> Counter[Key]:
    """Return how often one track saw each stretch, by day and quarter of it, in the city's time."""
    from linli.patrol.tracks.matching import passes

    zone = timezone.get_default_timezone()
    counted: Counter[Key] = Counter()
    for one in passes(roadway, degrees, seconds):
        there = datetime.fromtimestamp(one.seconds, UTC).astimezone(zone)
        counted[one.stretch, there.date(), there.hour // 6] += 1
    return counted


@transaction.atomic
def keep_seen(shift: Shift, version: str, counted: Counter[Key], at: datetime) -> None:
    """Write what a shift saw, in the place of what was written before."""
    Seen.objects.filter(shift=shift).delete()
    Seen.objects.bulk_create(
        Seen(
            shift=shift, patrol_area_id=shift.patrol_area_id, map=version, stretch=stretch,
            date=day, band=band, times=times,
        )
        for (stretch, day, band), times in counted.items()
    )  # fmt: skip
    Shift.objects.filter(pk=shift.pk).update(scored_at=at)
