"""The streets of a patrol area as a small network of their own, with ways between all its junctions."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from linli.roads.modes import MODES, Mode
from linli.roads.network import Network, Point

# Ways may lead so far (degrees, some 300 m) outside of the patrol area.
MARGIN = 0.003
# Metres a minute of somebody who looks around.
PACE = {Mode.FOOT: 58.0, Mode.BICYCLE: 160.0, Mode.CAR: 300.0}

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """Stretches in and around an area. Vertices are numbered from 0; lengths are metres.

    Attributes:
        stretch: the map's number of each edge.
        start, end: its vertices; length: its metres.
        there, back: whether it may be gone along, and the other way.
        inside: whether it lies in the area itself.
        names: the names of the streets; empty for nameless ones.
        junction: for each vertex the map's number of the junction.
    """

    network: Network
    mode: Mode
    stretch: Ints
    start: Ints
    end: Ints
    length: Floats
    there: NDArray[np.bool_]
    back: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    names: tuple[str, ...]
    junction: Ints

    @cached_property
    def ways(self) -> tuple[Floats, Ints]:
        """Return metres from each vertex to each other, and the vertex before the last on the way."""
        tails = np.concatenate((self.start[self.there], self.end[self.back]))
        heads = np.concatenate((self.end[self.there], self.start[self.back]))
        metres = np.concatenate((self.length[self.there], self.length[self.back]))
        size = len(self.junction)
        # Of two parallel edges the shorter one counts.
        order = np.lexsort((metres, heads, tails))
        tails, heads, metres = tails[order], heads[order], metres[order]
        first = np.ones(len(tails), bool)
        first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
        matrix = csr_array((metres[first], (tails[first], heads[first])), shape=(size, size))
        found, before = dijkstra(matrix, return_predecessors=True)
        return found, before.astype(np.int64)

    @cached_property
    def edge_between(self) -> dict[tuple[int, int], int]:
        """Return the shortest edge from one vertex to the next."""
        found: dict[tuple[int, int], int] = {}
        for edge in np.argsort(-self.length, kind="stable").tolist():
            pair = (int(self.start[edge]), int(self.end[edge]))
            if self.there[edge]:
                found[pair] = edge
            if self.back[edge]:
                found[pair[::-1]] = edge
        return found

    def path(self, start: int, end: int) -> list[int]:
        """Return the vertices of the shortest way, both ends included."""
        _metres, before = self.ways
        found = [end]
        while found[-1] != start:
            previous = int(before[start, found[-1]])
            if previous < 0:
                return []
            found.append(previous)
        return found[::-1]

    def point(self, vertex: int) -> Point:
        """Return where a vertex is."""
        edge = int(np.flatnonzero((self.start == vertex) | (self.end == vertex))[0])
        line = self.network.line_of(int(self.stretch[edge]))
        return line[0] if int(self.start[edge]) == vertex else line[-1]

    @cached_property
    def places(self) -> Floats:
        """Return longitude and latitude of each vertex, (n, 2)."""
        return np.array([self.point(vertex) for vertex in range(len(self.junction))])

    def nearest(self, point: Point) -> int:
        """Return the vertex that is nearest to a point."""
        squeeze = np.cos(np.radians(point[1]))
        apart = (self.places - np.array(point)) * np.array([squeeze, 1.0])
        return int(np.argmin((apart**2).sum(axis=1)))


def ground_of(network: Network, boundary: object, mode: Mode) -> Ground | None:
    """Return the ground of an area (a shapely polygon, WGS-84); None where there are no streets."""
    shapely.prepare(boundary)
    column = 2 * MODES.index(mode)
    west, south, east, north = shapely.bounds(boundary)
    middle = (network.piece_first[:-1] + network.piece_first[1:]) // 2
    x, y = network.piece_longitude[middle], network.piece_latitude[middle]
    near = (x > west - MARGIN) & (x < east + MARGIN) & (y > south - MARGIN) & (y < north + MARGIN)
    speeds = network.speeds
    number = np.flatnonzero(near & ((speeds[:, column] > 0) | (speeds[:, column + 1] > 0)))
    if not len(number):
        return None
    there, back = speeds[number, column] > 0, speeds[number, column + 1] > 0
    number = number[_largest(network.start[number], network.end[number], there, back)]
    ends = np.concatenate((network.start[number], network.end[number]))
    junction, vertex = np.unique(ends, return_inverse=True)
    half = len(number)
    found = Ground(
        network, mode, number.astype(np.int64),
        vertex[:half].astype(np.int64), vertex[half:].astype(np.int64),
        np.asarray(network.length[number], float),
        np.asarray(speeds[number, column] > 0), np.asarray(speeds[number, column + 1] > 0),
        np.asarray(shapely.contains_xy(boundary, x[number], y[number])),
        tuple(network.name_of(int(one)) for one in number), junction.astype(np.int64),
    )  # fmt: skip
    return found if found.inside.any() else None


def _largest(
    start: Ints, end: Ints, there: NDArray[np.bool_], back: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Say which stretches lie where one gets from each to each other."""
    junction, vertex = np.unique(np.concatenate((start, end)), return_inverse=True)
    one, other = vertex[: len(start)], vertex[len(start) :]
    tails = np.concatenate((one[there], other[back]))
    heads = np.concatenate((other[there], one[back]))
    matrix = csr_array((np.ones(len(tails)), (tails, heads)), shape=(len(junction), len(junction)))
    _count, part = connected_components(matrix, connection="strong")
    same = part[one] == part[other]
    if not same.any():
        return np.zeros(len(start), bool)
    largest = np.bincount(part[one][same]).argmax()
    kept: NDArray[np.bool_] = same & (part[one] == largest)
    return kept
