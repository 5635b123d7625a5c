"""Streets as somebody on foot has them: junctions in metres, stretches between them, their lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from linli.kernel.earth import DEGREE

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

# Metres between the points by which a stretch is found and seen.
STEP = 8.0
# How many goals' distances are kept.
KEPT = 4_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a stretch: its number and metres along it."""

    stretch: int
    along: float


@dataclass(frozen=True)
class Streets:
    """A network on foot, both ways. Arrays: one row a junction or a stretch; metres east and north.

    ``line_first`` tells where each stretch's points begin in ``line_x``, ``line_y`` and
    ``line_along`` (metres along the stretch); ``number`` is the stretch's number where it came from.
    ``origin`` is the longitude and latitude of (0, 0).
    """

    x: Floats
    y: Floats
    start: Ints
    end: Ints
    length: Floats
    line_first: Ints
    line_x: Floats
    line_y: Floats
    line_along: Floats
    number: Ints
    origin: tuple[float, float] = (0.0, 0.0)
    _fields: dict[int, Floats] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, x: Sequence[float], y: Sequence[float], pairs: Sequence[tuple[int, int]]
    ) -> "Streets":
        """Make streets of junctions and straight stretches between pairs of them."""
        east, north = np.asarray(x, float), np.asarray(y, float)
        start, end = np.asarray(pairs, np.int64).reshape(-1, 2).T.copy()
        length = np.maximum(np.hypot(east[end] - east[start], north[end] - north[start]), 1.0)
        size = len(start)
        along = np.column_stack((np.zeros(size), length)).ravel()
        return cls(
            east, north, start, end, length, np.arange(size + 1) * 2,
            np.column_stack((east[start], east[end])).ravel(),
            np.column_stack((north[start], north[end])).ravel(), along, np.arange(size),
        )  # fmt: skip

    @cached_property
    def rows(self) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
        """Return for each junction where its ways begin, and of each way: to, stretch, forward."""
        tails = np.concatenate((self.start, self.end))
        heads = np.concatenate((self.end, self.start))
        stretch = np.concatenate((np.arange(len(self.start)),) * 2)
        forward = np.arange(len(tails)) < len(self.start)
        order = np.argsort(tails, kind="stable")
        first = np.searchsorted(tails[order], np.arange(len(self.x) + 1))
        return first, heads[order], stretch[order], forward[order]

    @cached_property
    def headings(self) -> tuple[Floats, Floats]:
        """Return for each way of ``rows`` its unit vector, from its junction to the other."""
        first, to, _, _ = self.rows
        at = np.repeat(np.arange(len(self.x)), np.diff(first))
        east, north = self.x[to] - self.x[at], self.y[to] - self.y[at]
        size = np.maximum(np.hypot(east, north), 1e-6)
        return east / size, north / size

    @cached_property
    def _matrix(self) -> csr_matrix:
        tails = np.concatenate((self.start, self.end))
        heads = np.concatenate((self.end, self.start))
        lengths = np.concatenate((self.length, self.length))
        # Of parallel stretches the shorter counts; the constructor would add them up.
        order = np.lexsort((lengths, heads, tails))
        tails, heads, lengths = tails[order], heads[order], lengths[order]
        new = np.ones(len(tails), bool)
        new[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
        return csr_matrix((lengths[new], (tails[new], heads[new])), (len(self.x),) * 2)

    def metres_from(self, junction: int) -> Floats:
        """Return metres on foot from a junction to each; infinite where there is no way."""
        if junction not in self._fields:
            if len(self._fields) >= KEPT:
                self._fields.clear()
            self._fields[junction] = dijkstra(self._matrix, indices=junction)
        return self._fields[junction]

    def metres_from_spot(self, spot: Spot) -> Floats:
        """Return metres on foot from a spot to each junction."""
        a, b = int(self.start[spot.stretch]), int(self.end[spot.stretch])
        rest = float(self.length[spot.stretch]) - spot.along
        found: Floats = np.minimum(self.metres_from(a) + spot.along, self.metres_from(b) + rest)
        return found

    @cached_property
    def points(self) -> tuple[Floats, Ints, Floats]:
        """Return points every :data:`STEP` metres: place (two columns), stretch, metres along."""
        counts = np.maximum(2, np.ceil(self.length / STEP).astype(np.int64) + 1)
        stretch = np.repeat(np.arange(len(self.length)), counts)
        step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        along = self.length[stretch] * step / (counts[stretch] - 1)
        # One interpolation for all: each stretch's metres are moved behind those of the one before.
        shift = np.concatenate(([0.0], np.cumsum(self.length + 1.0)))
        owner = np.repeat(np.arange(len(self.length)), np.diff(self.line_first))
        known = self.line_along + shift[owner]
        asked = along + shift[stretch]
        place = np.column_stack(
            (np.interp(asked, known, self.line_x), np.interp(asked, known, self.line_y))
        )
        return place, stretch, along

    @cached_property
    def _tree(self) -> KDTree:
        return KDTree(self.points[0])

    def nearest(self, x: float, y: float) -> Spot:
        """Return the spot on a street nearest to a place in metres."""
        _, which = self._tree.query((x, y))
        _, stretch, along = self.points
        return Spot(int(stretch[which]), float(along[which]))

    def place_of(self, spot: Spot) -> tuple[float, float]:
        """Return metres east and north of a spot."""
        part = slice(int(self.line_first[spot.stretch]), int(self.line_first[spot.stretch + 1]))
        along = self.line_along[part]
        return (
            float(np.interp(spot.along, along, self.line_x[part])),
            float(np.interp(spot.along, along, self.line_y[part])),
        )

    def within(self, x: float, y: float, reach: float) -> Ints:
        """Return the numbers of the points of ``points`` no further than ``reach`` metres."""
        return np.asarray(sorted(self._tree.query_ball_point((x, y), reach)), np.int64)

    def metres(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return metres east and north of a place in degrees (WGS-84)."""
        east = (longitude - self.origin[0]) * DEGREE * np.cos(np.radians(self.origin[1]))
        return float(east), float((latitude - self.origin[1]) * DEGREE)

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a place in metres."""
        longitude = self.origin[0] + x / (DEGREE * np.cos(np.radians(self.origin[1])))
        return float(longitude), float(self.origin[1] + y / DEGREE)


def around(network: Any, middle: tuple[float, float], reach: float) -> Streets:
    """Cut what one gets about on foot out of a network of :mod:`linli.roads`.

    ``middle`` is longitude and latitude; ``reach`` is in metres, infinite for all of it.
    Raises ``ValueError`` where there is no street.
    """
    of = network.arrays(
        "start", "end", "length", "foot_usable", "junction_longitude", "junction_latitude"
    )
    squeeze = DEGREE * np.cos(np.radians(middle[1]))
    x = (np.asarray(of["junction_longitude"]) - middle[0]) * squeeze
    y = (np.asarray(of["junction_latitude"]) - middle[1]) * DEGREE
    near = np.hypot(x, y) <= reach
    start, end = np.asarray(of["start"]), np.asarray(of["end"])
    chosen = np.flatnonzero(of["foot_usable"] & near[start] & near[end])
    if not len(chosen):
        raise ValueError("there is no street to walk on")
    used, ends = np.unique(np.concatenate((start[chosen], end[chosen])), return_inverse=True)
    first, last = network.piece_first[chosen], network.piece_first[chosen + 1]
    counts = np.asarray(last - first, np.int64)
    line_first = np.concatenate(([0], np.cumsum(counts)))
    points = np.repeat(np.asarray(first, np.int64) - line_first[:-1], counts)
    points += np.arange(line_first[-1])
    return Streets(
        x[used], y[used], ends[: len(chosen)].astype(np.int64), ends[len(chosen) :].astype(np.int64),
        np.asarray(of["length"], float)[chosen], line_first,
        (np.asarray(network.piece_longitude[points]) - middle[0]) * squeeze,
        (np.asarray(network.piece_latitude[points]) - middle[1]) * DEGREE,
        np.asarray(network.piece_along[points], float), chosen.astype(np.int64), middle,
    )  # fmt: skip
