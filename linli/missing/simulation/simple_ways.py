"""The simpler ways to go through footage that the planner is compared with, on the same cases."""

from collections.abc import Sequence

import numpy as np

from linli.missing.planning.belief import CLIP
from linli.missing.planning.streets import Floats, Ints, Spot, Streets
from linli.missing.planning.views import Camera
from linli.missing.simulation.truth import WRONG_TIME, Case

# Walking speeds (m/s) between which somebody may come by, for the ways that look at the time.
FAST, SLOW = 1.5, 0.4
RING = 250.0


class Register:
    """Where the cameras are on the streets."""

    def __init__(self, streets: Streets, cameras: Sequence[Camera]) -> None:
        self.streets = streets
        self.x = np.asarray([camera.x for camera in cameras])
        self.y = np.asarray([camera.y for camera in cameras])
        self.spots = [streets.nearest(camera.x, camera.y) for camera in cameras]

    def metres(self, spot: Spot) -> Floats:
        """Return metres on foot from a spot to each camera."""
        stretch = np.asarray([one.stretch for one in self.spots])
        along = np.asarray([one.along for one in self.spots])
        to = self.streets.metres_from_spot(spot)
        rest = self.streets.length[stretch] - along
        found: Floats = np.minimum(
            to[self.streets.start[stretch]] + along, to[self.streets.end[stretch]] + rest
        )
        return found


def nearest_first(register: Register, case: Case) -> Ints:
    """Return the clips camera by camera, the nearest first, each from its beginning."""
    away = register.metres(_last_seen(register, case))
    return _camera_by_camera(np.argsort(away, kind="stable"), case.windows)


def spiral(register: Register, case: Case) -> Ints:
    """Return the clips in rings about the place, going round in each."""
    east, north = register.x - case.report.x, register.y - case.report.y
    ring, turn = np.hypot(east, north) // RING, np.arctan2(east, north)
    return _camera_by_camera(np.lexsort((turn, ring)), case.windows)


def exhaustive(register: Register, case: Case) -> Ints:
    """Return the clips as the cameras stand in the register."""
    return np.arange(len(register.spots) * case.windows)


def gated(register: Register, case: Case) -> Ints:
    """Return the clips of the nearest camera first, but only when one may just have come by there;
    all the others after those."""
    return gated_from(register, case, _last_seen(register, case), case.report.time)


def gated_from(register: Register, case: Case, spot: Spot, time: float) -> Ints:
    """Return the clips as :func:`gated` has them, from another place and time on."""
    away = register.metres(spot)
    order = np.argsort(away, kind="stable")
    window = np.arange(case.windows)
    early = time - WRONG_TIME + away[order] / FAST - case.origin
    late = time + WRONG_TIME + away[order] / SLOW - case.origin
    inside = (window >= (early // CLIP)[:, None]) & (window <= (late // CLIP)[:, None])
    clips = order[:, None] * case.windows + window
    return np.concatenate((clips[inside], clips[~inside]))


def _last_seen(register: Register, case: Case) -> Spot:
    return register.streets.nearest(case.report.x, case.report.y)


def _camera_by_camera(order: Ints, windows: int) -> Ints:
    return (order[:, None] * windows + np.arange(windows)).ravel()
