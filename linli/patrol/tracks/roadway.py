"""A map's roads as the matching reads them: points every so many metres, and what lies around each.

Made once for a map and a process: a few seconds for a large city.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from linli.kernel.earth import DEGREE
from linli.patrol.tracks.steps import near_junctions
from linli.roads.modes import MODES, Mode
from linli.roads.network import Network, network_in

# Metres between two points of a stretch, and how far on the roads two positions may lie apart.
EVERY, REACH = 20.0, 250.0

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Roadway:
    """The arrays of one map for one way of getting about.

    Attributes:
        tree: over the points, in metres east and north.
        x, y, along, stretch: of each point.
        start, end, length: of each stretch.
        first, others, metres: junctions within reach of each, as rows one after the other.
    """

    tree: KDTree
    x: Floats
    y: Floats
    along: Floats
    stretch: Ints
    start: Ints
    end: Ints
    length: Floats
    first: Ints
    others: Ints
    metres: Floats
    middle: float

    def flat(self, degrees: Floats) -> Floats:
        """Return metres east and north of (longitude, latitude) rows."""
        squeeze = np.cos(np.radians(self.middle))
        return np.column_stack((degrees[:, 0] * DEGREE * squeeze, degrees[:, 1] * DEGREE))


@lru_cache(maxsize=2)
def roadway_of(directory: Path, mode: Mode) -> Roadway:
    """Return the roadway of the map in ``directory``."""
    return build(network_in(directory), mode)


def build(network: Network, mode: Mode) -> Roadway:
    """Return the roadway of a network."""
    column = 2 * MODES.index(mode)
    speeds = np.asarray(network.speeds)
    usable = (speeds[:, column] > 0) | (speeds[:, column + 1] > 0)
    longitude, latitude, along, stretch = _points(network, usable)
    middle = float(np.mean(latitude))
    start, end = np.asarray(network.start, np.int64), np.asarray(network.end, np.int64)
    length = np.asarray(network.length, float)
    first, others, metres = _around(start, end, length, usable)
    x = longitude * DEGREE * np.cos(np.radians(middle))
    y = latitude * DEGREE
    tree = KDTree(np.column_stack((x, y)), balanced_tree=False)
    return Roadway(tree, x, y, along, stretch, start, end, length, first, others, metres, middle)


def _points(network: Network, usable: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats, Ints]:
    """Return points at most :data:`EVERY` metres apart on all usable stretches."""
    owner = np.asarray(network.piece_stretch, np.int64)
    along = np.asarray(network.piece_along, float)
    longitude, latitude = np.asarray(network.piece_longitude), np.asarray(network.piece_latitude)
    last = np.ones(len(owner), bool)
    last[:-1] = owner[1:] != owner[:-1]
    gap = np.where(last, 0.0, np.append(along[1:] - along[:-1], 0.0))
    parts = np.maximum(1, np.ceil(gap / EVERY)).astype(np.int64)
    parts[~usable[owner]] = 0
    of = np.repeat(np.arange(len(owner)), parts)
    step = np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)
    share = step / np.maximum(parts[of], 1)
    following = np.minimum(of + 1, len(owner) - 1)
    following[last[of]] = of[last[of]]

    def between(values: Floats) -> Floats:
        found: Floats = values[of] + (values[following] - values[of]) * share
        return found

    return between(longitude), between(latitude), between(along), owner[of]


def _around(
    start: Ints, end: Ints, length: Floats, usable: NDArray[np.bool_]
) -> tuple[Ints, Ints, Floats]:
    """Return for each junction the junctions within reach, and how far on the roads."""
    tails = np.concatenate((start[usable], end[usable]))
    heads = np.concatenate((end[usable], start[usable]))
    metres = np.concatenate((length[usable], length[usable]))
    size = int(max(start.max(), end.max())) + 1
    order = np.argsort(tails, kind="stable")
    rows = np.searchsorted(tails[order], np.arange(size + 1)).astype(np.int64)
    return near_junctions(rows, heads[order], metres[order], REACH)
