"""What cameras see of the streets: for each stretch, who sees it from where to where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linli.missing.planning.streets import STEP, Floats, Ints, Streets


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera's place in metres, its direction (degrees from north, clockwise), how wide it sees
    (degrees; 360 all round) and how far a person is still known in its picture (metres)."""

    x: float
    y: float
    heading: float = 0.0
    width: float = 360.0
    reach: float = 40.0


@dataclass(frozen=True, slots=True)
class Views:
    """Parts of stretches in view, by stretch: those of stretch s are ``first[s]`` to
    ``first[s + 1]``; ``camera`` sees from ``low`` to ``high`` metres along it."""

    first: Ints
    camera: Ints
    low: Floats
    high: Floats
    cameras: int

    def of_camera(self, camera: int) -> tuple[Ints, Floats, Floats]:
        """Return stretch, from and to of what a camera sees."""
        rows = np.flatnonzero(self.camera == camera)
        stretch = np.searchsorted(self.first, rows, side="right") - 1
        return stretch, self.low[rows], self.high[rows]

    def outside(self, stretches: Ints) -> Ints:
        """Return those of the stretches that no camera sees anything of."""
        found: Ints = stretches[self.first[stretches] == self.first[stretches + 1]]
        return found


def look(streets: Streets, cameras: Sequence[Camera]) -> Views:
    """Find what the cameras see. Walls are not known: a view ends where its reach ends."""
    place, stretch, along = streets.points
    found: list[tuple[int, int, float, float]] = []
    for number, camera in enumerate(cameras):
        near = streets.within(camera.x, camera.y, camera.reach)
        east, north = place[near, 0] - camera.x, place[near, 1] - camera.y
        bearing = np.degrees(np.arctan2(east, north))
        off = np.abs((bearing - camera.heading + 180.0) % 360.0 - 180.0)
        # Right under the camera one is seen whatever way it looks.
        near = near[(off <= camera.width / 2) | (np.hypot(east, north) < STEP)]
        if not len(near):
            continue
        breaks = np.flatnonzero((np.diff(near) > 1) | (np.diff(stretch[near]) != 0)) + 1
        for run in np.split(near, breaks):
            which = int(stretch[run[0]])
            low = max(0.0, float(along[run[0]]) - STEP / 2)
            high = min(float(streets.length[which]), float(along[run[-1]]) + STEP / 2)
            found.append((which, number, low, high))
    found.sort()
    rows = np.asarray(found, float).reshape(-1, 4)
    first = np.searchsorted(rows[:, 0], np.arange(len(streets.length) + 1))
    return Views(first, rows[:, 1].astype(np.int64), rows[:, 2], rows[:, 3], len(cameras))
