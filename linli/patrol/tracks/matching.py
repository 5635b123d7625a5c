"""From positions to streets seen: which stretches of the map a track passed, when and how much of it.

Written for a night of all teams at once; Valhalla, which takes a hundred times as long, is asked by
the test whether it would have said the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.patrol.tracks.roadway import Roadway
from linli.patrol.tracks.steps import candidates, likeliest

# Metres: how far off a phone's position usually is, and how far off it may be at all.
NOISE, FARTHEST = 8.0, 45.0
SLACK, GAP = 6.0, 90.0
# Positions nearer than this to the one before say nothing new; so many roads are looked at.
STEP, NEAREST, MOST = 10.0, 16, 5
# So much of a stretch has to be passed for it to count as seen, but for so many metres.
SHARE, FORGIVEN = 0.6, 30.0

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pass:
    """A stretch was passed: its number, when (seconds), and how many metres of it."""

    stretch: int
    seconds: float
    metres: float


def passes(roadway: Roadway, degrees: Floats, seconds: Floats) -> list[Pass]:
    """Return the stretches a track passed, in order.

    Args:
        degrees: (n, 2) longitudes and latitudes in the order of their time, WGS-84.
        seconds: (n) when.
    """
    if not len(degrees):
        return []
    flat = roadway.flat(degrees)
    kept = thinned(flat, seconds)
    px, py, when = flat[kept, 0].copy(), flat[kept, 1].copy(), seconds[kept]
    _apart, near = roadway.tree.query(flat[kept], k=NEAREST, distance_upper_bound=FARTHEST)
    found, off, where = candidates(
        px, py, near.astype(np.int64).reshape(len(px), -1), roadway.x, roadway.y, roadway.along,
        roadway.stretch, MOST,
    )  # fmt: skip
    chosen, fresh = likeliest(
        px, py, when, found, off, where, roadway.start, roadway.end, roadway.length,
        roadway.first, roadway.others, roadway.metres, NOISE, SLACK, GAP,
    )  # fmt: skip
    rows = np.flatnonzero(chosen >= 0)
    columns = chosen[rows]
    return _runs(roadway, found[rows, columns], where[rows, columns], when[rows], fresh[rows])


def thinned(flat: Floats, seconds: Floats) -> Ints:
    """Return which positions are kept: those a step from the last that was, and after half a gap."""
    kept = [0]
    x, y, last = float(flat[0, 0]), float(flat[0, 1]), float(seconds[0])
    for row, (east, north, now) in enumerate(
        zip(flat[:, 0].tolist(), flat[:, 1].tolist(), seconds.tolist(), strict=True)
    ):
        if (east - x) ** 2 + (north - y) ** 2 >= STEP**2 or now - last >= GAP / 2:
            kept.append(row)
            x, y, last = east, north, now
    return np.array(kept[1:] if len(kept) > 1 and kept[1] == 0 else kept, np.int64)


def _runs(roadway: Roadway, stretch: Ints, where: Floats, when: Floats, fresh: Ints) -> list[Pass]:
    """Join positions on one stretch and count how much of it lies between its ends.

    Where the track goes on to another stretch, it went to the end that is nearer to it.
    """
    if not len(stretch):
        return []
    begins = np.ones(len(stretch), bool)
    begins[1:] = (stretch[1:] != stretch[:-1]) | (fresh[1:] > 0)
    starts = np.flatnonzero(begins)
    stops = np.append(starts[1:], len(stretch))
    found = []
    for number, (first, stop) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True)):
        one = int(stretch[first])
        length = float(roadway.length[one])
        low, high = float(where[first:stop].min()), float(where[first:stop].max())
        came = number > 0 and not fresh[first]
        goes = number + 1 < len(starts) and not fresh[stop]
        for joined, at in ((came, float(where[first])), (goes, float(where[stop - 1]))):
            if joined:
                low, high = (0.0, high) if at < length / 2 else (low, length)
        metres = high - low
        if metres >= min(SHARE * length, length - 1.0) or metres >= length - FORGIVEN > 0:
            found.append(Pass(one, float(when[first]), round(metres, 1)))
    return found
