"""The network of a map: where a point meets the roads, and seconds on them from or to there.

Everything is read from the arrays an import wrote; processes share the memory. Turn restrictions,
lights and ferries are for Valhalla: this ranks hundreds in milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from linli.kernel.earth import DEGREE
from linli.roads.modes import MODES, Mode

# A point further from any road than this is not reached on roads.
FARTHEST = 1_500.0
# So near to a junction, in metres, one is at it, whichever way the road between goes.
AT_JUNCTION = 10.0
# Whoever is further than this is as good as not there.
LIMIT = 3 * 3600.0

type Floats = NDArray[np.float64]
type Stretches = frozenset[int]
# Longitude and latitude, WGS-84.
type Point = tuple[float, float]
NONE: Stretches = frozenset()


@dataclass(frozen=True, slots=True)
class OnRoad:
    """Points put on the roads of a mode: arrays as long as the points were many.

    ``off`` is how far each was from its stretch, in metres; infinite where there is no road near.
    ``first`` and ``rest`` are seconds from the beginning of the stretch to the point and on to its
    end, ``first_back`` and ``rest_back`` the other way; infinite against a one-way road.
    """

    stretch: NDArray[np.int64]
    along: Floats
    off: Floats
    first: Floats
    rest: Floats
    first_back: Floats
    rest_back: Floats


class Network:
    """One map's network. Safe for threads: nothing of it changes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.start = self._load("start")
        self.end = self._load("end")
        self.length = self._load("length")
        self.speeds = self._load("speeds")
        self.piece_first = self._load("piece_first")
        self.piece_longitude = self._load("piece_longitude")
        self.piece_latitude = self._load("piece_latitude")
        self.piece_stretch = self._load("piece_stretch")
        self.piece_along = self._load("piece_along")
        self._middle = float(
            np.mean(self.piece_latitude[:: max(1, len(self.piece_latitude) // 999)])
        )
        self._trees: dict[Mode, tuple[KDTree, NDArray[np.int64]]] = {}
        self._lock = Lock()

    def _load(self, name: str) -> NDArray[Any]:
        values: NDArray[Any] = np.load(
            self._directory / f"{name}.npy", mmap_mode="r", allow_pickle=False
        )
        return values

    def arrays(self, *names: str) -> dict[str, NDArray[Any]]:
        """Return arrays of the network by their names in :mod:`linli.roads.build.graph`."""
        return {name: self._load(name) for name in names}

    @cached_property
    def names(self) -> list[str]:
        """Names of the ways, by number."""
        return (self._directory / "names.txt").read_text(encoding="utf-8").split("\n")

    def name_of(self, stretch: int) -> str:
        """Return the name of the road a stretch belongs to; empty for a nameless one."""
        return self.names[int(self._load("way")[stretch])]

    def line_of(self, stretch: int) -> list[Point]:
        """Return the points of a stretch."""
        part = slice(int(self.piece_first[stretch]), int(self.piece_first[stretch + 1]))
        return list(
            zip(
                self.piece_longitude[part].tolist(), self.piece_latitude[part].tolist(), strict=True
            )
        )

    def at(self, stretch: int, along: float) -> Point:
        """Return the point so many metres along a stretch."""
        part = slice(int(self.piece_first[stretch]), int(self.piece_first[stretch + 1]))
        metres = self.piece_along[part]
        return (
            float(np.interp(along, metres, self.piece_longitude[part])),
            float(np.interp(along, metres, self.piece_latitude[part])),
        )

    def put(self, points: Sequence[Point], mode: Mode) -> OnRoad:
        """Put points on the nearest roads of a mode from which the rest of the map is reached."""
        tree, numbers = self._tree(mode)
        asked = self._flat(np.asarray(points, float).reshape(-1, 2).T)
        _, nearest = tree.query(asked)
        piece = numbers[nearest]
        stretch, along, off = self._refine(asked, piece)
        there, back = 2 * MODES.index(mode), 2 * MODES.index(mode) + 1
        length, speeds = self.length[stretch], self.speeds[stretch]
        with np.errstate(divide="ignore", invalid="ignore"):
            forward = np.where(speeds[:, there] > 0, 1 / speeds[:, there], np.inf)
            backward = np.where(speeds[:, back] > 0, 1 / speeds[:, back], np.inf)
        # A hair's breadth keeps 0 × ∞ out.
        first, rest = np.maximum(along, 1e-6), np.maximum(length - along, 1e-6)
        either = np.minimum(forward, backward)
        at_start, at_end = first < AT_JUNCTION, rest < AT_JUNCTION
        return OnRoad(
            stretch, along, np.where(off > FARTHEST, np.inf, off),
            first * np.where(at_start, either, forward), rest * np.where(at_end, either, forward),
            first * np.where(at_start, either, backward), rest * np.where(at_end, either, backward),
        )  # fmt: skip

    def _flat(self, degrees: Floats) -> Floats:
        """Return metres east and north, good for telling what is nearest; one row a point."""
        return np.column_stack(
            (degrees[0] * DEGREE * np.cos(np.radians(self._middle)), degrees[1] * DEGREE)
        )

    def _tree(self, mode: Mode) -> tuple[KDTree, NDArray[np.int64]]:
        with self._lock:
            if mode not in self._trees:
                usable = self._load(f"{mode}_usable")[self.piece_stretch]
                numbers = np.flatnonzero(usable)
                place = (self.piece_longitude[numbers], self.piece_latitude[numbers])
                self._trees[mode] = (
                    KDTree(self._flat(np.asarray(place)), balanced_tree=False),
                    numbers,
                )
            return self._trees[mode]

    def _refine(
        self, asked: Floats, piece: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Return stretch, metres along it and metres off it: the nearer of the pieces on each side."""
        stretch = self.piece_stretch[piece].astype(np.int64)
        all_along = self.piece_along
        along, off = np.zeros(len(asked)), np.full(len(asked), np.inf)
        low, high = self.piece_first[stretch], self.piece_first[stretch + 1] - 1
        for side in (piece - 1, piece):
            begin, end = np.clip(side, low, high), np.clip(side + 1, low, high)
            a = self._flat(np.asarray((self.piece_longitude[begin], self.piece_latitude[begin])))
            b = self._flat(np.asarray((self.piece_longitude[end], self.piece_latitude[end])))
            line = b - a
            square = np.maximum((line**2).sum(1), 1e-9)
            share = np.clip(((asked - a) * line).sum(1) / square, 0.0, 1.0)
            distance = np.hypot(*(asked - a - line * share[:, None]).T)
            nearer = distance < off
            off = np.where(nearer, distance, off)
            put = all_along[begin] + (all_along[end] - all_along[begin]) * share
            along = np.where(nearer, put, along)
        return stretch, along, off

    def seconds(
        self, at: OnRoad, which: int, others: OnRoad, mode: Mode, *,
        towards: bool, closed: Stretches = NONE, limit: float = LIMIT,
    ) -> Floats:  # fmt: skip
        """Return the seconds between the point ``which`` of ``at`` and each of ``others``.

        ``towards``: from the others to the point; else from the point to the others. Infinite where
        there is no way within ``limit`` seconds. A closed stretch is not passed through, but what
        lies on one is reached.
        """
        word: Literal["to", "from"] = "to" if towards else "from"
        first, following, weights = self._rows(mode, word, closed)
        size = len(first) - 1
        ends = (self.start[at.stretch[which]], self.end[at.stretch[which]])
        # Out of the point one leaves back to the stretch's beginning or on to its end; towards the
        # point it is entered from there, and the rows are those of the network turned round.
        out = (at.first, at.rest_back) if towards else (at.first_back, at.rest)
        matrix = csr_matrix(
            (
                np.concatenate((weights, [out[0][which], out[1][which]])),
                np.concatenate((following, ends)),
                np.concatenate((first, [first[-1] + 2])),
            ),
            shape=(size + 1, size + 1),
        )
        reached = dijkstra(matrix, indices=size, limit=limit)
        enter = (others.first_back, others.rest) if towards else (others.first, others.rest_back)
        way_round = np.minimum(
            reached[self.start[others.stretch]] + enter[0],
            reached[self.end[others.stretch]] + enter[1],
        )
        found: Floats = np.minimum(way_round, self._beside(at, which, others, mode, towards))
        found[~np.isfinite(others.off) | ~np.isfinite(at.off[which])] = np.inf
        found[found > limit] = np.inf
        return found

    def _beside(self, at: OnRoad, which: int, others: OnRoad, mode: Mode, towards: bool) -> Floats:
        """Return the seconds to those on the same stretch without leaving it; else infinite."""
        there = 2 * MODES.index(mode)
        ahead = others.along - at.along[which]
        if towards:
            ahead = -ahead
        speed = np.where(
            ahead >= 0, self.speeds[others.stretch, there], self.speeds[others.stretch, there + 1]
        )
        same = (others.stretch == at.stretch[which]) & (speed > 0)
        found: Floats = np.where(same, np.abs(ahead) / np.where(same, speed, 1.0), np.inf)
        return found

    def _rows(self, mode: Mode, word: str, closed: Stretches) -> tuple[NDArray[Any], ...]:
        """Return the network's rows with the closed stretches made endless."""
        first, following, weights, _ = _arrays(self._directory, mode, word)
        if closed:
            weights = _closed(self._directory, mode, word, closed)
        return first, following, weights


@lru_cache(maxsize=16)
def _arrays(directory: Path, mode: Mode, word: str) -> tuple[NDArray[Any], ...]:
    names = ("first", "next", "seconds", "stretch")
    return tuple(
        np.load(directory / f"{mode}_{word}_{name}.npy", mmap_mode="r", allow_pickle=False)
        for name in names
    )


@lru_cache(maxsize=16)
def _closed(directory: Path, mode: Mode, word: str, closed: Stretches) -> Floats:
    _, _, weights, stretches = _arrays(directory, mode, word)
    shut = np.isin(stretches, list(closed))
    return np.where(shut, np.inf, weights)


@lru_cache(maxsize=2)
def network_in(directory: Path) -> Network:
    """Return the network of the map in ``directory``, opened once a process."""
    return Network(directory / "graph")
